import { type Kysely, sql } from 'kysely';
import type { ArchivedLine, AuditHeadLine, AuditLine } from '../integrity/export-line.ts';
import { readRow } from './export-rows.ts';
import type { Tables } from './tables.ts';

const AUDIT = { times: ['occurred_at'], hashes: ['digest', 'hash'] };
const ARCHIVED = { times: ['archived_at'], hashes: ['head_hash'] };

/** The head of the audit log. A single row. */
export async function readAuditHead(db: Kysely<Tables>): Promise<AuditHeadLine> {
  const { sequence, hash } = await db
    .selectFrom('audit_head')
    .select(['sequence', 'hash'])
    .executeTakeFirstOrThrow();
  return { type: 'audit_head', sequence, hash: hash.toString('hex') };
}

/** The next rows of the audit log, oldest first, up to the head that was read before. By the unique number. */
export async function readAuditLines(
  db: Kysely<Tables>,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<AuditLine[]> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_json(a) as row
    from audit_action a
    where a.sequence > ${after} and a.sequence <= ${upTo}
    order by a.sequence
    limit ${limit}`.execute(db);
  return rows.map(({ row }) => ({ type: 'audit', ...readRow<Omit<AuditLine, 'type'>>(row, AUDIT) }));
}

/** The next requests that are in an archive, by their ids; null: from the first. Primary key. */
export async function readArchivedLines(
  db: Kysely<Tables>,
  { after, limit }: { after: string | null; limit: number },
): Promise<ArchivedLine[]> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_json(a) as row
    from archived_request a
    where ${after === null ? sql`true` : sql`a.request_id > ${after}`}
    order by a.request_id
    limit ${limit}`.execute(db);
  return rows.map(({ row }) => {
    const { head_hash, ...rest } = readRow<
      Omit<ArchivedLine, 'type' | 'head'> & { head_hash: string | null }
    >(row, ARCHIVED);
    return { type: 'archived_request', ...rest, head: head_hash };
  });
}
