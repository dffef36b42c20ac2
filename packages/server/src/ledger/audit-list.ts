import type { Instant } from '@awe/engine/instant';
import { type Kysely, type Selectable, sql } from 'kysely';
import { isText } from './column-values.ts';
import { type Page, pageOf, readCursor } from './cursor.ts';
import type { AuditActionTable, Tables } from './tables.ts';

const SHOWN = [
  'id',
  'sequence',
  'occurred_at',
  'actor',
  'actor_email',
  'action',
  'resource_type',
  'resource_id',
  'summary',
  'before',
  'after',
  'metadata',
] as const;

/** A row of the audit log; `hash` in hex. */
export type AuditRow = Pick<Selectable<AuditActionTable>, (typeof SHOWN)[number]> & { hash: string };

const EQUAL = ['actor', 'action', 'resource_type', 'resource_id'] as const;

/** Null lifts a filter; those that are given apply together. `until` is the first moment that is too late. */
export type AuditSearch = Record<(typeof EQUAL)[number], string | null> & {
  since: Instant | null;
  until: Instant | null;
  limit: number;
  cursor: string | null;
};

/**
 * A page of the audit log, newest first, from audit_action_actor, _resource, _action or the primary key, each of which
 * ends in the id. Throws `InvalidCursor`.
 */
export async function listAudit(
  db: Kysely<Tables>,
  { limit, cursor, ...filters }: AuditSearch,
): Promise<Page<AuditRow>> {
  const after = readCursor(cursor, filters);
  let query = db.selectFrom('audit_action').select(SHOWN).select(sql<string>`encode(hash, 'hex')`.as('hash'));
  for (const name of EQUAL) {
    const wanted = filters[name];
    if (wanted === null) continue;
    if (!isText(wanted)) return { rows: [], next: null };
    query = query.where(name, '=', wanted);
  }
  if (filters.since !== null) query = query.where('occurred_at', '>=', filters.since);
  if (filters.until !== null) query = query.where('occurred_at', '<', filters.until);
  if (after !== null) query = query.where('id', '<', after);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, filters);
}
