import type { Instant } from '@awe/engine/instant';
import { type Kysely, sql } from 'kysely';
import { firstIdAt, idMs } from './id-time.ts';
import type { Tables } from './tables.ts';

const DAY_MS = 86_400_000;

/** Tasks of open requests that wait for their approvers; ages against `now`. */
export type OpenWork = {
  open: number;
  oldest_at: Instant | null;
  older_than_a_day: number;
  older_than_a_week: number;
  overdue: number;
  oldest_due_at: Instant | null;
};

/**
 * By way of the requests in review (approval_request_status, approval_task_request): the cost follows what is open, not
 * what has ever been asked.
 */
export async function openWork(db: Kysely<Tables>, now: Instant): Promise<OpenWork> {
  const { rows } = await sql<OpenWork>`
    select count(*)::integer as open, min(t.created_at) as oldest_at,
      (count(*) filter (where t.created_at < ${now}::timestamptz - interval '1 day'))::integer as older_than_a_day,
      (count(*) filter (where t.created_at < ${now}::timestamptz - interval '7 days'))::integer as older_than_a_week,
      (count(*) filter (where t.due_at <= ${now}))::integer as overdue,
      min(t.due_at) filter (where t.due_at <= ${now}) as oldest_due_at
    from approval_request r
    join approval_task t on t.request_id = r.id
    where r.status = 'in_review' and t.kind = 'approver' and t.status in ('open', 'claimed', 'expired')`.execute(
    db,
  );
  return only(rows);
}

/** Requests that have not ended, and the first of them. */
export type OpenRequests = {
  pending: number;
  in_review: number;
  oldest_open_id: string | null;
  oldest_open_at: Instant | null;
};

/** approval_request_status. */
export async function openRequests(db: Kysely<Tables>): Promise<OpenRequests> {
  const { rows } = await sql<OpenRequests>`
    select c.*, o.id as oldest_open_id, o.created_at as oldest_open_at
    from (
      select (select count(*)::integer from approval_request where status = 'pending') as pending,
        (select count(*)::integer from approval_request where status = 'in_review') as in_review
    ) as c
    left join lateral (
      select id, created_at from approval_request where status = 'in_review' order by id limit 1
    ) as o on true`.execute(db);
  return only(rows);
}

/** Webhooks by status. */
export type Outbox = {
  pending: number;
  exhausted: number;
  delivered_in_a_day: number;
  oldest_pending_at: Instant | null;
  due_since: Instant | null;
  paused_receivers: number;
};

/**
 * webhook_delivery_status and webhook_delivery_next: the cost follows the backlog and a day's deliveries. `newest` is an
 * id of this moment, whatever the clock of the approvals says: ids are what tells the last day's deliveries from others.
 */
export async function outboxState(db: Kysely<Tables>, now: Instant, newest: string): Promise<Outbox> {
  const aDayAgo = firstIdAt(idMs(newest) - DAY_MS);
  const { rows } = await sql<Outbox>`
    select
      (select count(*)::integer from webhook_delivery where status = 'pending') as pending,
      (select count(*)::integer from webhook_delivery where status = 'exhausted') as exhausted,
      (
        select count(*)::integer from webhook_delivery where status = 'delivered' and id >= ${aDayAgo}
      ) as delivered_in_a_day,
      (
        select created_at from webhook_delivery where status = 'pending' order by id limit 1
      ) as oldest_pending_at,
      (
        select min(next_attempt_at) from webhook_delivery where status = 'pending' and next_attempt_at <= ${now}
      ) as due_since,
      (select count(*)::integer from paused_receiver) as paused_receivers`.execute(db);
  return only(rows);
}

function only<Row>([row]: Row[]): Row {
  if (row === undefined) throw new Error('a statement without a condition of its own gives a row');
  return row;
}
