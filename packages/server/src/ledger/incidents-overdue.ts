import type { Instant } from '@awe/engine/instant';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { readInstant } from './instant-column.ts';
import type { Tables } from './tables.ts';

/** A stage whose pending people are all past due, and for which nothing more will happen by itself. */
export type OverdueStage = {
  request_id: string;
  artifact_type: string;
  artifact_id: string;
  stage_order: number;
  since: Instant;
  waiting_for: { task_id: string; assignee: string; due_at: Instant }[];
};

const NAMED = 10;

/**
 * Open requests in the order of their making, of each the first stage that is breached and not escalating, and whose
 * pending tasks are all past due. What on_breach had to do was done when the stage was breached.
 *
 * approval_request_status, with a look into approval_task_expired for each: the cost follows what is open, not what has
 * ever been asked (50,000 in review take some 100 ms), and a page ends when it is full.
 */
const overdue = (now: Instant, only: RawBuilder<unknown>) => sql`
  select r.id, r.artifact_type, r.artifact_id, s.stage_id, s.stage_order
  from approval_request r
  cross join lateral (
    select (stage ->> 'stage_id')::uuid as stage_id, (stage ->> 'stage_order')::integer as stage_order
    from jsonb_array_elements(r.stages) as stage
    where stage ->> 'status' = 'open' and stage ->> 'breached_at' is not null and stage ->> 'escalation' <> 'due'
      and not exists (
        select from approval_task t
        where t.request_id = r.id and t.stage_id = (stage ->> 'stage_id')::uuid and t.kind = 'approver'
          and t.status in ('open', 'claimed') and (t.due_at is null or t.due_at > ${now})
      )
    order by (stage ->> 'stage_order')::integer
    limit 1
  ) as s
  where r.status = 'in_review' and ${only}
    and exists (select from approval_task t where t.request_id = r.id and t.status = 'expired')
  order by r.id`;

/** The oldest requests first, or the one that is named. */
export async function overdueStages(
  db: Kysely<Tables>,
  { requestId, limit, now }: { requestId: string | null; limit: number; now: Instant },
): Promise<OverdueStage[]> {
  const only = requestId === null ? sql`true` : sql`r.id = ${requestId}`;
  const { rows } = await sql<OverdueStage>`
    select o.id as request_id, o.artifact_type, o.artifact_id, o.stage_order, t.since, t.waiting_for
    from (${overdue(now, only)} limit ${limit}) as o
    cross join lateral (
      select max(due_at) as since,
        coalesce(json_agg(json_build_object('task_id', id, 'assignee', assignee, 'due_at', due_at) order by due_at, id)
          filter (where place <= ${NAMED}), '[]') as waiting_for
      from (
        select id, assignee, due_at, row_number() over (order by due_at, id) as place
        from approval_task
        where request_id = o.id and stage_id = o.stage_id and kind = 'approver'
          and status in ('open', 'claimed', 'expired')
      ) as pending
    ) as t
    where t.since is not null
    order by o.id`.execute(db);
  return rows.map(({ waiting_for, ...row }) => ({
    ...row,
    waiting_for: waiting_for.map((each) => ({ ...each, due_at: readInstant(each.due_at) })),
  }));
}

/** How many requests wait so, up to `most`. */
export async function countOverdue(db: Kysely<Tables>, now: Instant, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (${overdue(now, sql`true`)} limit ${most}) as o`.execute(db);
  return rows[0]?.count ?? 0;
}
