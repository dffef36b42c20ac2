import type { Actor } from '@awe/engine/command';
import type { Clock } from '../clock.ts';
import type { AuditEntry } from '../integrity/audit-chain.ts';

/** Who acts, as the audit log names them. */
export type Admin = { id: string; email: string | null };

/** Who acts on an approval. */
export type Doer = Actor & Admin;

export const AUDIT_ACTIONS = [
  'policy.create',
  'policy.add_version',
  'policy.update',
  'policy.activate',
  'policy.deactivate',
  'request.cancel',
  'task.reassign',
  'task.decide_on_behalf',
  'delegation.create',
  'delegation.delete',
  'delivery.retry',
  'delivery.replay',
  'receiver.pause',
  'receiver.resume',
  'incident.retry',
  'import.write',
  'secret.create',
  'secret.rotate',
  'secret.delete',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What was done to what. `before` and `after` are what the API shows of it, null where there was or is nothing. */
export type AdminDeed = {
  action: AuditAction;
  resource_type: string;
  resource_id: string;
  /** One sentence for people. */
  summary: string;
  before: object | null;
  after: object | null;
  metadata?: Record<string, unknown>;
};

/** The audit row of a deed. */
export function auditEntry(admin: Admin, deed: AdminDeed, clock: Clock): AuditEntry {
  const { action, resource_type, resource_id, summary, before, after, metadata = {} } = deed;
  return {
    id: clock.newId(),
    occurred_at: clock.now(),
    actor: admin.id,
    actor_email: admin.email,
    action,
    resource_type,
    resource_id,
    summary,
    before,
    after,
    metadata,
  };
}
