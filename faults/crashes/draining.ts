import type { Sql } from '../truth/ledger-faults.ts';
import type { Stand } from './stand.ts';
import type { Deadline } from './until.ts';

/** How long something may wait after it is due, on a machine that others use too, before it counts as stuck. */
const STUCK_SECONDS = 60;

/**
 * Waits until every delivery has been made and every task that is due has expired, so that nothing moves any more. Gives
 * a sentence for each that was due, or whose lease had ended, and that nobody took.
 */
export function drain(stand: Stand, deadline: Deadline): Promise<string[]> {
  return deadline.until('every delivery to be made', () =>
    stand.withSql(async (sql) => {
      const left = await leftToDo(sql);
      if (left.length === 0) return [];
      const stuck = left.filter((row) => row.stuck);
      return stuck.length === 0
        ? null
        : stuck.map(
            ({ what, due }) => `The ${what} was due, or its lease had ended, at ${due}; nobody took it.`,
          );
    }),
  );
}

/** In one statement: what expires a task writes a delivery, and no moment may show neither. */
function leftToDo(sql: Sql): Promise<{ what: string; due: string | null; stuck: boolean }[]> {
  return sql(
    `select what, due, coalesce(due < now() - make_interval(secs => $1), true) as stuck
       from (
         select format('delivery %s', id) as what, next_attempt_at as due
           from webhook_delivery where status = 'pending'
         union all
         select format('task %s', id), due_at
           from approval_task where status in ('open', 'claimed') and due_at <= now()
       ) as todo`,
    [STUCK_SECONDS],
  );
}
