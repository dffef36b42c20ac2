import type { Instant } from '@awe/engine/instant';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** One day (UTC, `2026-04-23`). */
export type DayCounts = {
  day: string;
  created: number;
  approved: number;
  rejected: number;
  cancelled: number;
};

/**
 * Requests made and ended on each day since `from`, the days on which there were any. Block ranges by approval_request_created and
 * approval_request_completed: half a million of requests take half a second, so who asks often asks for few days.
 */
export async function countDays(db: Kysely<Tables>, from: Instant): Promise<DayCounts[]> {
  const { rows } = await sql<DayCounts>`
    select to_char(day, 'YYYY-MM-DD') as day, sum(created)::integer as created, sum(approved)::integer as approved,
      sum(rejected)::integer as rejected, sum(cancelled)::integer as cancelled
    from (
      select date_trunc('day', created_at at time zone 'utc') as day, count(*) as created, 0 as approved, 0 as rejected,
        0 as cancelled
      from approval_request
      where created_at >= ${from}
      group by 1
      union all
      select date_trunc('day', completed_at at time zone 'utc'), 0, count(*) filter (where status = 'approved'),
        count(*) filter (where status = 'rejected'), count(*) filter (where status = 'cancelled')
      from approval_request
      where completed_at >= ${from}
      group by 1
    ) as counted
    group by day`.execute(db);
  return rows;
}

/** How long the decided requests of a policy took; seconds. */
export type DecisionTime = {
  policy_key: string;
  decided: number;
  median_seconds: number;
  p90_seconds: number;
};

const POLICIES = 50;

/** Of the requests that were approved or rejected since, those of the busiest policies first. Block ranges, as above. */
export async function decisionTimes(db: Kysely<Tables>, since: Instant): Promise<DecisionTime[]> {
  const { rows } = await sql<DecisionTime>`
    select policy_key, decided, quantile[1] as median_seconds, quantile[2] as p90_seconds
    from (
      select policy_key, count(*)::integer as decided,
        percentile_cont(array[0.5, 0.9]) within group (
          order by extract(epoch from completed_at - created_at)::double precision
        ) as quantile
      from approval_request
      where completed_at >= ${since} and status in ('approved', 'rejected')
      group by policy_key
    ) as timed
    order by decided desc, policy_key
    limit ${POLICIES}`.execute(db);
  return rows;
}
