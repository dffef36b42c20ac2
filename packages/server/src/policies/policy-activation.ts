import { quote } from '@awe/engine/fault';
import { AweError } from '../awe-error.ts';
import type { StoredPolicy } from '../ledger/policies.ts';
import { activateVersion, deactivateVersion } from '../ledger/policies-activate.ts';
import { requireStillValid, warningsOn } from './policy-meaning.ts';
import { noSuchVersion } from './policy-not-found.ts';
import { getVersion } from './policy-reading.ts';
import type { PolicyServices } from './policy-services.ts';
import type { WrittenPolicy } from './policy-writing.ts';

/**
 * From now on this version governs new requests of its key; the one that did is archived in the same moment. A draft may
 * have been stored by a build that knew less, so its meaning is checked again. Throws `policy_not_found`, `policy_invalid`.
 */
export async function activatePolicy(
  services: PolicyServices,
  key: string,
  version: number,
): Promise<WrittenPolicy> {
  const found = await getVersion(services, key, version);
  if (found.status !== 'active') requireStillValid(found);
  const policy = await activateVersion(services.db, key, version, services.clock.now());
  if (policy === null) throw noSuchVersion(key, version);
  return { policy, warnings: warningsOn(policy.stages) };
}

/** Archives the active version with nothing in its place. Throws `policy_not_found`, and `conflict` when it is not active. */
export async function deactivatePolicy(
  services: PolicyServices,
  key: string,
  version: number,
): Promise<StoredPolicy> {
  const policy = await deactivateVersion(services.db, key, version, services.clock.now());
  if (policy !== null) return policy;
  const { status } = await getVersion(services, key, version);
  throw new AweError(
    'conflict',
    `Version ${version} of the policy ${quote(key)} is not active but ${status}: only the active version can be deactivated.`,
  );
}
