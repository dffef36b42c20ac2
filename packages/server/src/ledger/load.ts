import type { Approval, ApprovalRequest, StageProgress, Task } from '@awe/engine/approval';
import type { Pool } from 'pg';
import type { Link } from '../integrity/link.ts';
import { createBatch } from './batch.ts';
import { readInstant } from './instant-column.ts';
import { isUuid } from './uuid.ts';

/** By which id an approval is asked for. */
export type ApprovalKey = { by: 'request' | 'task'; id: string };

/** An approval with the newest link of its timeline; null when that was begun before timelines were chained. */
export type Loaded = Approval & { head: Link | null };

/** Loads the whole aggregate, or null when there is none of that id. */
export type LoadApproval = (key: ApprovalKey) => Promise<Loaded | null>;

/**
 * One round trip for any number of approvals, by the id of the request or of one of its tasks: primary keys, then
 * approval_task_request. Takes no lock: the commit checks the revision.
 */
const LOAD = `
  with wanted as (
    select unnest($1::uuid[]) as id
    union
    select request_id from approval_task where id = any ($2::uuid[])
  )
  select r.*, t.tasks
  from wanted
  join approval_request r on r.id = wanted.id
  cross join lateral (
    select coalesce(json_agg(task order by task.id), '[]') as tasks
    from approval_task task
    where task.request_id = r.id
  ) t`;

type LoadedRow = ApprovalRequest & {
  stages: StageProgress[];
  tasks: Task[];
  next_attempt_at: string | null;
  head_hash: Buffer | null;
};

/** `lanes`: how many load statements may be in flight together; `size`: most approvals in one. */
export function createLoad(pool: Pool, options: { size: number; lanes: number }): LoadApproval {
  const load = createBatch<ApprovalKey, Loaded | null>({
    ...options,
    run: async (keys) => {
      const requests = keys.filter((key) => key.by === 'request').map((key) => key.id);
      const tasks = keys.filter((key) => key.by === 'task').map((key) => key.id);
      const { rows } = await pool.query<LoadedRow>({ name: 'load', text: LOAD, values: [requests, tasks] });
      const found = new Map<string, Loaded>();
      for (const row of rows) {
        const approval = toApproval(row);
        found.set(`request ${row.id}`, approval);
        for (const task of approval.tasks) found.set(`task ${task.id}`, approval);
      }
      return keys.map((key) => found.get(`${key.by} ${key.id.toLowerCase()}`) ?? null);
    },
  });
  return async (key) => (isUuid(key.id) ? load(key) : null);
}

function toApproval({ tasks, stages, next_attempt_at: _, head_hash, ...request }: LoadedRow): Loaded {
  return { request, stages, tasks: tasks.map(toTask), head: head_hash?.toString('hex') ?? null };
}

/** Times inside aggregated JSON come as PostgreSQL writes them there, not through the pool's parsers. */
function toTask(task: Task): Task {
  return {
    ...task,
    claimed_at: task.claimed_at && readInstant(task.claimed_at),
    completed_at: task.completed_at && readInstant(task.completed_at),
    due_at: task.due_at && readInstant(task.due_at),
    created_at: readInstant(task.created_at),
  };
}
