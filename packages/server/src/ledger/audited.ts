import { type Kysely, sql } from 'kysely';
import { type Admin, type AdminDeed, auditEntry } from '../audit/admin.ts';
import type { Clock } from '../clock.ts';
import { type AuditEntry, auditDigest } from '../integrity/audit-chain.ts';
import type { Tables } from './tables.ts';

/** What a mutation answers, and what the audit log is to say of it; null: nothing was changed. */
export type Done<Result> = { result: Result; deed: AdminDeed | null };

/**
 * Runs an admin's mutation and writes its audit row in the same transaction, so that there is never one without the
 * other. What `work` throws undoes both.
 */
export function audited<Result>(
  { db, clock }: { db: Kysely<Tables>; clock: Clock },
  admin: Admin,
  work: (trx: Kysely<Tables>) => Promise<Done<Result>>,
): Promise<Result> {
  return db.transaction().execute(async (trx) => {
    const { result, deed } = await work(trx);
    // Last, because it takes the head of the chain, which every other audited change then waits for.
    if (deed) await appendAudit(trx, auditEntry(admin, deed, clock));
    return result;
  });
}

/** Takes the head of the audit chain, which every other audited change then waits for: to be called last. */
export async function appendAudit(trx: Kysely<Tables>, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto('audit_action')
    .values({
      ...entry,
      before: JSON.stringify(entry.before),
      after: JSON.stringify(entry.after),
      metadata: JSON.stringify(entry.metadata),
      digest: sql<Buffer>`decode(${auditDigest(entry)}, 'hex')`,
    })
    .execute();
}
