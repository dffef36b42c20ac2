import type { Kysely, Selectable } from 'kysely';
import { isText } from './column-values.ts';
import { type Page, pageOf, readCursor } from './cursor.ts';
import type { ApprovalRequestTable, Tables } from './tables.ts';
import { isUuid } from './uuid.ts';

const SHOWN = [
  'id',
  'policy_id',
  'policy_key',
  'policy_version',
  'artifact_type',
  'artifact_id',
  'source_service',
  'requester',
  'context',
  'status',
  'current_stage_order',
  'callback_url',
  'completed_at',
  'created_at',
  'updated_at',
] as const;

/** A request as the wire's RequestOut. */
export type ShownRequest = Pick<Selectable<ApprovalRequestTable>, (typeof SHOWN)[number]>;

/** Null lifts a filter; those that are given apply together. `limit` rows from `cursor` on, newest first. */
export type RequestSearch = {
  artifact_type: string | null;
  artifact_id: string | null;
  status: string | null;
  limit: number;
  cursor: string | null;
};

/** One request, or null. */
export async function findRequest(db: Kysely<Tables>, id: string): Promise<ShownRequest | null> {
  if (!isUuid(id)) return null;
  const row = await db.selectFrom('approval_request').select(SHOWN).where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/**
 * A page of requests. Each filter has an index that ends in the id, so that a page is read in order from where it starts,
 * however many there are. Throws `InvalidCursor`.
 */
export async function searchRequests(
  db: Kysely<Tables>,
  { limit, cursor, ...filters }: RequestSearch,
): Promise<Page<ShownRequest>> {
  const after = readCursor(cursor, filters);
  const { artifact_type, artifact_id, status } = filters;
  const given = [artifact_type, artifact_id, status].filter((filter) => filter !== null);
  if (!given.every(isText)) return { rows: [], next: null };
  let query = db.selectFrom('approval_request').select(SHOWN);
  if (artifact_type !== null) query = query.where('artifact_type', '=', artifact_type);
  if (artifact_id !== null) query = query.where('artifact_id', '=', artifact_id);
  // A word that is no status is compared as text and matches nothing.
  if (status !== null) query = query.where('status', '=', status as ShownRequest['status']);
  if (after !== null) query = query.where('id', '<', after);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, filters);
}
