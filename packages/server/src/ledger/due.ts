import type { Instant } from '@awe/engine/instant';
import type { Pool } from 'pg';

/**
 * The requests in which time has something to do: a task past due (approval_task_due) or a look-up to be tried again
 * (approval_request_due). No lock: the commit's revision decides when two replicas act on the same request.
 */
const DUE = `
  select request_id as id from (
    (select request_id, due_at from approval_task
     where due_at <= $1 and status in ('open', 'claimed') and request_id <> all ($3::uuid[])
     order by due_at
     limit $2)
    union all
    (select id, next_attempt_at from approval_request
     where next_attempt_at <= $1 and id <> all ($3::uuid[])
     order by next_attempt_at
     limit $2)
  ) as due
  group by request_id
  order by min(due_at)`;

/** The next moment at which anything will be due: the first entry of each of the same two indexes. */
const NEXT = `
  select least(
    (select min(due_at) from approval_task where due_at is not null and status in ('open', 'claimed')),
    (select min(next_attempt_at) from approval_request where next_attempt_at is not null)
  ) as next`;

export type DueWork = {
  /** Ids of requests that are due at `now`, longest overdue first; about `limit` of them, none of `except`. */
  requests: (now: Instant, limit: number, except: string[]) => Promise<string[]>;
  next: () => Promise<Instant | null>;
};

export function createDueWork(pool: Pool): DueWork {
  return {
    requests: async (now, limit, except) => {
      const { rows } = await pool.query<{ id: string }>({ text: DUE, values: [now, limit, except] });
      return rows.map((row) => row.id);
    },
    next: async () => {
      const { rows } = await pool.query<{ next: Instant | null }>(NEXT);
      return rows[0]?.next ?? null;
    },
  };
}
