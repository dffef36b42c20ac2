import type { Task, TaskStatus } from '@awe/engine/approval';
import { type Kysely, sql } from 'kysely';
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
 * A page of tasks, from approval_task_assignee, _inbox (with a status) or _request, each of which ends in the id. Several
 * statuses of one person are a page of each: the inbox index has the order only within one, and who has finished a
 * million tasks still sees the few that are open at once. Throws `InvalidCursor`.
 */
export async function listTasks(db: Kysely<Tables>, search: TaskSearch): Promise<Page<Task>> {
  const { assignee, request_id, limit } = search;
  const statuses = search.status === null ? null : words(search.status);
  const filters = { assignee, request_id, status: statuses };
  const after = readCursor(search.cursor, filters);
  const known = statuses?.filter(isTaskStatus) ?? null;
  const nothing = { rows: [], next: null };
  if (assignee !== null && !isText(assignee)) return nothing;
  if (request_id !== null && !isUuid(request_id)) return nothing;
  if (known?.length === 0) return nothing;
  const most = limit + 1;
  let page = db.selectFrom('approval_task').select(SHOWN).orderBy('id', 'desc').limit(most);
  if (assignee !== null) page = page.where('assignee', '=', assignee);
  if (request_id !== null) page = page.where('request_id', '=', request_id);
  if (after !== null) page = page.where('id', '<', after);
  const [first, ...others] = known ?? [];
  if (first === undefined) return pageOf(await page.execute(), limit, filters);
  if (others.length === 0) return pageOf(await page.where('status', '=', first).execute(), limit, filters);
  if (assignee === null)
    return pageOf(await page.where('status', 'in', [first, ...others]).execute(), limit, filters);
  const ofOne = page.where(sql<boolean>`status = wanted`).as('task');
  const rows = await db
    .selectFrom(sql`unnest(${[first, ...others]}::text[])`.as('wanted'))
    .innerJoinLateral(ofOne, (join) => join.onTrue())
    .selectAll('task')
    .orderBy('task.id', 'desc')
    .limit(most)
    .execute();
  return pageOf(rows, limit, filters);
}

const STATUSES: Record<TaskStatus, true> = {
  open: true,
  claimed: true,
  completed: true,
  skipped: true,
  expired: true,
  reassigned: true,
};
const isTaskStatus = (word: string): word is TaskStatus => Object.hasOwn(STATUSES, word);

/** Sorted, each once, so that the same list in another order is the same search. */
function words(list: string): string[] {
  return [...new Set(list.split(',').map((word) => word.trim()))].sort();
}
