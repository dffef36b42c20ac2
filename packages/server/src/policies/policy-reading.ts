import {
  findPolicyVersion,
  listNewestPolicies,
  listPolicyVersions,
  type PolicyVersion,
  type StoredPolicy,
} from '../ledger/policies.ts';
import { noSuchPolicy, noSuchVersion } from './policy-not-found.ts';
import type { PolicyServices } from './policy-services.ts';

/** The newest version of each key. */
export function listPolicies({ db }: PolicyServices): Promise<StoredPolicy[]> {
  return listNewestPolicies(db);
}

/** All versions of a key, newest first. Throws `policy_not_found`. */
export async function listVersions({ db }: PolicyServices, key: string): Promise<PolicyVersion[]> {
  const versions = await listPolicyVersions(db, key);
  if (versions.length === 0) throw noSuchPolicy(key);
  return versions;
}

/** One version. Throws `policy_not_found`. */
export async function getVersion(
  { db }: PolicyServices,
  key: string,
  version: number,
): Promise<StoredPolicy> {
  const found = await findPolicyVersion(db, key, version);
  if (found === null) throw noSuchVersion(key, version);
  return found;
}
