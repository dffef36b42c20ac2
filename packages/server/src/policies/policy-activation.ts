import { quote } from '@awe/engine/fault';
import type { Admin } from '../audit/admin.ts';
import { AweError } from '../awe-error.ts';
import { audited } from '../ledger/audited.ts';
import type { StoredPolicy } from '../ledger/policies.ts';
import { activateVersion, deactivateVersion } from '../ledger/policies-activate.ts';
import { policyDeed } from './policy-deed.ts';
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
  by: Admin,
): Promise<WrittenPolicy> {
  const found = await getVersion(services, key, version);
  if (found.status !== 'active') requireStillValid(found);
  const policy = await audited(services, by, async (trx) => {
    const activation = await activateVersion(trx, key, version, services.clock.now());
    if (activation === null) return { result: null, deed: null };
    const { before, after, archived } = activation;
    const deed = policyDeed('policy.activate', 'Activated', before, after, { archived_version: archived });
    return { result: after, deed: before.status === 'active' ? null : deed };
  });
  if (policy === null) throw noSuchVersion(key, version);
  return { policy, warnings: warningsOn(policy.stages) };
}

/** Archives the active version with nothing in its place. Throws `policy_not_found`, and `conflict` when it is not active. */
export async function deactivatePolicy(
  services: PolicyServices,
  key: string,
  version: number,
  by: Admin,
): Promise<StoredPolicy> {
  const policy = await audited(services, by, async (trx) => {
    const { clock } = services;
    const result = await deactivateVersion(trx, key, version, clock.now());
    const before = result && ({ ...result, status: 'active' } as const);
    return { result, deed: result && policyDeed('policy.deactivate', 'Deactivated', before, result) };
  });
  if (policy !== null) return policy;
  const { status } = await getVersion(services, key, version);
  throw new AweError(
    'conflict',
    `Version ${version} of the policy ${quote(key)} is not active but ${status}: only the active version can be deactivated.`,
  );
}
