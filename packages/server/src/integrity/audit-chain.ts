import { hash } from 'node:crypto';
import { type Link, linkOf } from './link.ts';

/** One thing an admin did, as it is written. `id` is a UUID v7; `before` and `after` are what the API shows of the resource. */
export type AuditEntry = {
  id: string;
  occurred_at: string;
  actor: string;
  actor_email: string | null;
  action: string;
  resource_type: string;
  resource_id: string;
  summary: string;
  before: object | null;
  after: object | null;
  metadata: Record<string, unknown>;
};

/** What the chain starts from: the database holds it before the first row. */
export const FIRST_AUDIT_LINK: Link = hash('sha256', 'awe audit', 'hex');

/** SHA-256 of the canonical JSON of a row's content. */
export function auditDigest(entry: AuditEntry): Link {
  const { id, occurred_at, actor, actor_email, action, resource_type, resource_id, summary } = entry;
  const { before, after, metadata } = entry;
  return linkOf(
    {
      id,
      occurred_at,
      actor,
      actor_email,
      action,
      resource_type,
      resource_id,
      summary,
      before,
      after,
      metadata,
    },
    null,
  );
}

/**
 * The link of the row with this number: SHA-256 of the 32 bytes of the previous link, the number as 8 bytes (big
 * endian), and the 32 bytes of the digest. PostgreSQL computes the same as the row is written, when its place is known.
 */
export function auditLink(previous: Link, sequence: number, digest: Link): Link {
  const number = Buffer.alloc(8);
  number.writeBigInt64BE(BigInt(sequence));
  return hash(
    'sha256',
    Buffer.concat([Buffer.from(previous, 'hex'), number, Buffer.from(digest, 'hex')]),
    'hex',
  );
}
