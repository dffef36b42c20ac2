import { quote } from '@awe/engine/fault';
import { AweError } from '../awe-error.ts';

/** No version at all has this key. */
export function noSuchPolicy(key: string): AweError {
  return new AweError(
    'policy_not_found',
    `No policy has the key ${quote(key)}: GET /policies lists those there are, POST /policies makes a new one.`,
  );
}

/** The key may exist, but not with this version. */
export function noSuchVersion(key: string, version: number): AweError {
  return new AweError(
    'policy_not_found',
    `The policy ${quote(key)} has no version ${version}: GET /policies/{policy_key}/versions lists those there are.`,
  );
}
