import { quote } from '@awe/engine/fault';
import type { AdminDeed, AuditAction } from '../audit/admin.ts';
import type { StoredPolicy } from '../ledger/policies.ts';

/** What the audit log says of a change to a version. */
export function policyDeed(
  action: Extract<AuditAction, `policy.${string}`>,
  said: string,
  before: StoredPolicy | null,
  after: StoredPolicy,
  metadata: Record<string, unknown> = {},
): AdminDeed {
  const { id, policy_key, version } = after;
  return {
    action,
    resource_type: 'policy',
    resource_id: policy_key,
    summary: `${said} version ${version} of the policy ${quote(policy_key)}`,
    before,
    after,
    metadata: { policy_id: id, version, ...metadata },
  };
}
