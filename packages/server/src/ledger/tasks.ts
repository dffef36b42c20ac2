import type { Task, TaskStatus } from '@awe/engine/approval';
import type { Kysely } from 'kysely';
import { isText } from './column-values.ts';
import { type Page, pageOf, readCursor } from './cursor.ts';
import type { Tables } from './tables.ts';
import { isUuid } from './uuid.ts';

const SHOWN = [
  'id',
  'request_id',
  'stage_id',
  'stage_order',
  'assignee',
  'kind',
  'required',
  'escalated',
  'delegated_from',
  'reassigned_from',
  'status',
  'action',
  'decided_by',
  'decision_id',
  'claimed_at',
  'completed_at',
  'due_at',
  'created_at',
] as const;

/**
 * Null lifts a filter; those that are given apply together. `assignee` is a user id (`me` and `*` are the caller's to
 * translate), `status` one word or several with commas. `limit` rows from `cursor` on, newest first.
 */
export type TaskSearch = {
  assignee: string | null;
  request_id: string | null;
  status: string | null;
  limit: number;
  cursor: string | null;
};

/**
 * A page of tasks, from approval_task_assignee, _inbox (with a status) or _request, each of which ends in the id.
 * Throws `InvalidCursor`.
 */
export async function listTasks(db: Kysely<Tables>, search: TaskSearch): Promise<Page<Task>> {
  const { assignee, request_id, limit } = search;
  const statuses = search.status === null ? null : words(search.status);
  const filters = { assignee, request_id, status: statuses };
  const after = readCursor(search.cursor, filters);
  const nothing = { rows: [], next: null };
  if (assignee !== null && !isText(assignee)) return nothing;
  if (request_id !== null && !isUuid(request_id)) return nothing;
  if (statuses !== null && !statuses.every(isText)) return nothing;
  let query = db.selectFrom('approval_task').select(SHOWN);
  if (assignee !== null) query = query.where('assignee', '=', assignee);
  if (request_id !== null) query = query.where('request_id', '=', request_id);
  // A single status goes as an equality, which lets the inbox index give the order too.
  if (statuses?.length === 1) query = query.where('status', '=', statuses[0] as TaskStatus);
  else if (statuses !== null) query = query.where('status', 'in', statuses as TaskStatus[]);
  if (after !== null) query = query.where('id', '<', after);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, filters);
}

/** Sorted, each once, so that the same list in another order is the same search. */
function words(list: string): string[] {
  return [...new Set(list.split(',').map((word) => word.trim()))].sort();
}
