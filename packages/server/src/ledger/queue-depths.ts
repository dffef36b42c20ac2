import type { Instant } from '@awe/engine/instant';
import type { Pool } from 'pg';

/** What waits in the database. `oldest`: since when its longest waiting entry is due, null when nothing is due. */
export type QueueDepths = Record<QueueName, { depth: number; oldest: Instant | null }>;

/**
 * - `deliveries_pending`: not delivered and not given up, be they due or waiting for a retry
 * - `deliveries_due`: those of them that could go now and that nobody has taken
 * - `deliveries_exhausted`: given up
 * - `stages_activating`: requests with a stage whose people could not be found, to be tried again
 * - `tasks_overdue`: past due and not yet marked so by the SLA monitor
 * - `requests_open`: in review
 */
export const QUEUE_NAMES = [
  'deliveries_pending',
  'deliveries_due',
  'deliveries_exhausted',
  'stages_activating',
  'tasks_overdue',
  'requests_open',
] as const;

export type QueueName = (typeof QUEUE_NAMES)[number];

/** Counting goes no further, so that a reading costs PostgreSQL some 15 ms when all queues are that long. */
export const MOST_COUNTED = 10_000;

/**
 * No lock. For sessions that only reach rows by an index: what is open lies at the end of its table, which a scan that hopes
 * to find enough early would read whole. Each is a range of one index: webhook_delivery_next, webhook_delivery_status, approval_request_due,
 * approval_task_due, approval_request_status; an age is the first entry of such a range.
 */
const DEPTHS = `
  select
    (select count(*) from (
      select from webhook_delivery where status = 'pending' limit $2
    ) as counted)::int as deliveries_pending,
    (select count(*) from (
      select from webhook_delivery where status = 'pending' and next_attempt_at <= $1 limit $2
    ) as counted)::int as deliveries_due,
    (select min(next_attempt_at) from webhook_delivery
     where status = 'pending' and next_attempt_at <= $1) as deliveries_due_since,
    (select count(*) from (
      select from webhook_delivery where status = 'exhausted' limit $2
    ) as counted)::int as deliveries_exhausted,
    (select count(*) from (
      select from approval_request where next_attempt_at is not null limit $2
    ) as counted)::int as stages_activating,
    (select min(next_attempt_at) from approval_request where next_attempt_at <= $1) as stages_activating_since,
    (select count(*) from (
      select from approval_task where due_at <= $1 and status in ('open', 'claimed') limit $2
    ) as counted)::int as tasks_overdue,
    (select min(due_at) from approval_task
     where due_at <= $1 and status in ('open', 'claimed')) as tasks_overdue_since,
    (select count(*) from (
      select from approval_request where status = 'in_review' limit $2
    ) as counted)::int as requests_open`;

type DepthsRow = Record<QueueName, number> & Partial<Record<`${QueueName}_since`, Instant | null>>;

/** Depths are counted up to {@link MOST_COUNTED}. */
export async function readQueueDepths(pool: Pool, now: Instant): Promise<QueueDepths> {
  const { rows } = await pool.query<DepthsRow>(DEPTHS, [now, MOST_COUNTED]);
  const [row] = rows;
  if (!row) throw new Error('a select without a table has one row');
  const entries = QUEUE_NAMES.map((name) => [
    name,
    { depth: row[name], oldest: row[`${name}_since`] ?? null },
  ]);
  return Object.fromEntries(entries);
}
