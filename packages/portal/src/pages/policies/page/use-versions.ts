import type { AuditOut } from '@awe/contract/audit';
import type { PolicyVersionOut } from '@awe/contract/policies';
import { useOperation } from '../../../api/use-operation.ts';

/** Who did something, and when. */
export type Deed = { by: string; at: string };
export type VersionHistory = PolicyVersionOut & {
  /** Null where the audit log does not reach back to it. */
  writtenBy: string | null;
  /** The last time; null when it never was, or that is not known. */
  activated: Deed | null;
};

/** Far more than a policy has of versions and activations; older ones show without their people. */
const AUDIT_ROWS = 300;
const WRITES = ['policy.create', 'policy.add_version'];

/** The versions of a policy, newest first, with their people out of the audit log. */
export function useVersions(policyKey: string): {
  versions: readonly VersionHistory[] | undefined;
  failure: Error | null;
  retry: () => void;
} {
  const versions = useOperation('listVersions', { params: { policy_key: policyKey } });
  const audit = useOperation('listAudit', {
    query: { resource_type: 'policy', resource_id: policyKey, limit: AUDIT_ROWS },
  });
  return {
    versions: versions.data?.map((version) => historyOf(version, audit.data ?? [])),
    failure: versions.error,
    retry: () => void versions.refetch(),
  };
}

function historyOf(version: PolicyVersionOut, audit: readonly AuditOut[]): VersionHistory {
  const rows = audit.filter(({ metadata }) => metadata.version === version.version);
  const written = rows.find(({ action }) => WRITES.includes(action));
  const activated = rows.find(({ action }) => action === 'policy.activate');
  return {
    ...version,
    writtenBy: written?.actor ?? null,
    activated: activated ? { by: activated.actor, at: activated.occurred_at } : null,
  };
}
