import type { Instant } from '@awe/engine/instant';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** A request that waits for the people of a stage, who could not be found. */
export type FailedLookup = {
  request_id: string;
  artifact_type: string;
  artifact_id: string;
  stage_order: number;
  phase: 'activation' | 'escalation';
  reason: string;
  failures: number;
  next_attempt_at: Instant;
  since: Instant;
};

/** The oldest requests first, or the one that is named. From approval_request_due, which holds only those that wait. */
export async function failedLookups(
  db: Kysely<Tables>,
  { requestId, limit }: { requestId: string | null; limit: number },
): Promise<FailedLookup[]> {
  const { rows } = await sql<FailedLookup>`
    select r.id as request_id, r.artifact_type, r.artifact_id, r.next_attempt_at, s.stage_order, s.phase, s.failures,
      coalesce(last.reason, 'the people could not be looked up') as reason,
      coalesce(first.created_at, last.created_at, r.updated_at) as since
    from (
      select * from approval_request
      where next_attempt_at is not null and (${requestId}::uuid is null or id = ${requestId}::uuid)
      order by id
      limit ${limit}
    ) as r
    cross join lateral (
      select (stage ->> 'stage_order')::integer as stage_order, (stage ->> 'failures')::integer as failures,
        case when stage ->> 'status' = 'activating' then 'activation' else 'escalation' end as phase
      from jsonb_array_elements(r.stages) as stage
      where stage ->> 'next_attempt_at' is not null
      order by stage ->> 'next_attempt_at', (stage ->> 'stage_order')::integer
      limit 1
    ) as s
    left join lateral (
      select payload ->> 'reason' as reason, created_at from approval_event
      where request_id = r.id and event_type = 'stage_activation_failed'
      order by sequence desc
      limit 1
    ) as last on true
    left join lateral (
      select created_at from approval_event
      where request_id = r.id and event_type = 'stage_activation_failed' and (payload ->> 'attempt')::integer = 1
      order by sequence desc
      limit 1
    ) as first on true
    order by r.id`.execute(db);
  return rows;
}

/** How many requests wait so, up to `most`. */
export async function countFailedLookups(db: Kysely<Tables>, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
    from (select from approval_request where next_attempt_at is not null limit ${most}) as r`.execute(db);
  return rows[0]?.count ?? 0;
}
