import type { Database } from '@awe/server/ledger/database';
import { generateRows } from '../ledger/generated-rows.ts';

/**
 * `requests` requests and twice as many tasks (see `generateRows`), spread over the last sixty days with their ids to
 * match, a delivery of each to one of 300 receivers, and beside them what is rare: 500 open requests that are breached,
 * 200 whose look-ups fail, a thousand exhausted deliveries and as many pending ones, at ten receivers each.
 */
export async function generateOperatingRows(
  database: Database,
  requests: number,
  now: string,
): Promise<void> {
  await generateRows(database, requests);
  const step = `interval '60 days' / ${requests}`;
  const at = `($1::timestamptz - (${requests} - n) * ${step})`;
  const id = `(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7000' || '8000' ||
    lpad(to_hex(n), 12, '0'))::uuid`;
  const client = await database.pool.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query(
      `update approval_request r
       set created_at = ${at}, updated_at = ${at},
         completed_at = case when status = 'approved' then least(${at} + interval '5 hours', $1::timestamptz) end
       from (select id, row_number() over (order by id) as n from approval_request) as numbered
       where numbered.id = r.id`,
      [now],
    );
    await client.query(
      `insert into webhook_delivery (id, request_id, sequence, event_type, receiver, status, attempt, next_attempt_at,
                                     created_at, updated_at)
       select ${id}, r.id, 1, case when n % 2 = 0 then 'request_created' else 'stage_started' end,
         'https://receiver.example/' || case when n % 500 < 2 then n % 10 else n % 300 end,
         case n % 500 when 0 then 'pending' when 1 then 'exhausted' else 'delivered' end, 1,
         case n % 500 when 0 then $1::timestamptz end, ${at}, ${at}
       from (select id, row_number() over (order by id) as n from approval_request) as r`,
      [now],
    );
    await client.query(
      `update approval_request
       set stages = json_build_array(json_build_object('stage_id', stage_id, 'stage_order', 1, 'status', 'open',
         'breached_at', $1::text, 'escalation', 'none', 'failures', 0, 'next_attempt_at', null))
       from (select distinct on (request_id) request_id, stage_id from approval_task where status = 'open' limit 500) as t
       where t.request_id = id`,
      [now],
    );
    await client.query(
      `update approval_task set status = 'expired', due_at = $1
       where status = 'open' and request_id in (select id from approval_request where stages <> '[]')`,
      [now],
    );
    await client.query(
      `update approval_request
       set next_attempt_at = $1::timestamptz,
         stages = json_build_array(json_build_object('stage_id', id, 'stage_order', 2, 'status', 'activating',
           'breached_at', null, 'escalation', 'none', 'failures', 3, 'next_attempt_at', ($1::timestamptz)::text))
       where id in (select id from approval_request where status = 'in_review' and stages = '[]' limit 200)`,
      [now],
    );
  } finally {
    client.release(true);
  }
  await database.pool.query('vacuum analyze');
}
