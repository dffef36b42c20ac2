import type { Instant } from '@awe/engine/instant';
import { type Kysely, sql } from 'kysely';
import { COUNTED } from './receivers-list.ts';
import type { Tables } from './tables.ts';

export type ExhaustedDelivery = {
  delivery_id: string;
  request_id: string;
  event_type: string;
  last_status_code: number | null;
  last_error: string | null;
};

/** A receiver that did not take webhooks: how many, counted up to {@link COUNTED}, and the newest of them. */
export type ExhaustedReceiver = {
  /** 16 hexadecimal digits that stand for the receiver in a URL. */
  key: string;
  receiver: string;
  since: Instant;
  count: number;
  examples: ExhaustedDelivery[];
};

/** Receivers that are walked over, some 30 µs each. */
const WALK = 5_000;
const EXAMPLES = 3;

/** From one receiver to the next in webhook_delivery_exhausted, each with the first of its deliveries. */
const RECEIVERS = sql`
  with recursive walk (receiver, first, place) as (
    (
      select receiver, id, 1 from webhook_delivery
      where status = 'exhausted'
      order by receiver, id
      limit 1
    )
    union all
    select n.receiver, n.id, w.place + 1
    from walk w
    cross join lateral (
      select receiver, id from webhook_delivery
      where status = 'exhausted' and receiver > w.receiver
      order by receiver, id
      limit 1
    ) as n
    where w.place < ${WALK}
  )
  select receiver, first, left(encode(sha256(convert_to(receiver, 'UTF8')), 'hex'), 16) as key from walk`;

/** Those that have waited longest first, or the one that is named by its key. */
export async function exhaustedReceivers(
  db: Kysely<Tables>,
  { key, limit }: { key: string | null; limit: number },
): Promise<ExhaustedReceiver[]> {
  const { rows } = await sql<ExhaustedReceiver>`
    select w.key, w.receiver, d.created_at as since, c.count, x.examples
    from (
      select * from (${RECEIVERS}) as every
      where ${key}::text is null or key = ${key}
      order by first
      limit ${limit}
    ) as w
    join webhook_delivery d on d.id = w.first
    cross join lateral (
      select count(*)::integer as count
      from (
        select from webhook_delivery where status = 'exhausted' and receiver = w.receiver limit ${COUNTED}
      ) as each
    ) as c
    cross join lateral (
      select json_agg(each) as examples
      from (
        select id as delivery_id, request_id, event_type, last_status_code, last_error
        from webhook_delivery
        where status = 'exhausted' and receiver = w.receiver
        order by id desc
        limit ${EXAMPLES}
      ) as each
    ) as x
    order by w.first`.execute(db);
  return rows;
}

/** How many receivers have exhausted deliveries, up to `most`. */
export async function countExhaustedReceivers(db: Kysely<Tables>, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (select from (${RECEIVERS}) as every limit ${most}) as r`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
