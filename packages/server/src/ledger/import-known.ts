import { type Kysely, sql } from 'kysely';
import type { Tables, UserDelegationTable } from './tables.ts';

/** Whether the database has our tables, so that something may be there already. */
export async function hasTables(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass('archived_request') is not null as found`.execute(db);
  return rows[0]?.found === true;
}

/**
 * Which of these requests are here, each with the fingerprint that its import left in its first event; null: it came from
 * somewhere else, or is in an archive. Primary keys.
 */
export async function knownRequests(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ id: string; fingerprint: string | null }>`
    select r.id, e.payload #>> '{imported,fingerprint}' as fingerprint
    from approval_request r
    left join approval_event e on e.request_id = r.id and e.sequence = 1
    where r.id = any(${ids}::uuid[])
    union all
    select request_id, null from archived_request where request_id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, fingerprint }) => [id, fingerprint]));
}

/** The windows of these ids that are here. Primary key. */
export async function knownDelegations(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<Map<string, UserDelegationTable>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('user_delegation').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}
