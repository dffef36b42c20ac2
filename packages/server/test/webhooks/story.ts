import type { EventType } from '@awe/engine/event';
import type { Instant } from '@awe/engine/instant';
import type { Database } from '@awe/server/ledger/database';
import { v7 } from 'uuid';

export type Story = {
  callbackUrl: string;
  at: Instant;
  events?: EventType[];
  secretId?: string;
};

export type Told = { requestId: string; eventIds: string[] };

const POLICY = '01900000-0000-7000-8000-000000000001';

/** A request to whose caller these events are to be sent, as a commit leaves it. */
export async function tell(database: Database, story: Story): Promise<Told> {
  const { callbackUrl, at, events = ['request_created'], secretId = null } = story;
  const requestId = v7();
  await database.pool.query(
    `insert into approval_policy
     values ($1, 'payments', 1, 'Payments', null, 'active', 'payment', false, false, null, $2, $2)
     on conflict do nothing`,
    [POLICY, at],
  );
  await database.pool.query(
    `insert into approval_request
     values ($1, $2, 'payments', 1, 'payment', 'PAY-1', 'treasury', null, '{}', $3, $4, 'in_review', 1, 0, 1, '[]', null,
       null, $5, $5)`,
    [requestId, POLICY, callbackUrl, secretId, at],
  );
  const eventIds = await tellMore(database, { requestId, at, events });
  return { requestId, eventIds };
}

/** The next events of a request, in one transaction. */
export async function tellMore(
  database: Database,
  { requestId, at, events }: { requestId: string; at: Instant; events: EventType[] },
): Promise<string[]> {
  const ids = events.map(() => v7());
  await database.pool.query(
    `with request as (
       update approval_request set sequence = sequence + cardinality($2::uuid[]) where id = $1
       returning sequence - cardinality($2::uuid[]) as before, callback_url
     ),
     event as (
       select id, event_type, before + place as sequence, callback_url
       from request, unnest($2::uuid[], $3::text[]) with ordinality as e (id, event_type, place)
     ),
     told as (
       insert into approval_event
       select id, $1, sequence, event_type, jsonb_build_object('request_id', $1::text, 'artifact_type', 'payment',
         'artifact_id', 'PAY-1', 'status', 'in_review', 'stage_order', 1), 'u-amina', $4 from event
     )
     insert into webhook_delivery
     select id, $1, sequence, event_type, substring(callback_url from '^[^?#]*'), 'pending', 0, $4, null, null,
       null, $4, $4 from event`,
    [requestId, ids, events, at],
  );
  return ids;
}
