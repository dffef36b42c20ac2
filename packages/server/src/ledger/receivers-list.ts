import type { Instant } from '@awe/engine/instant';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isText } from './column-values.ts';
import { InvalidCursor, type Page } from './cursor.ts';
import type { Tables } from './tables.ts';

/** A receiver and its deliveries, which are counted up to {@link COUNTED}. */
export type ReceiverState = {
  receiver: string;
  pending: number;
  oldest_pending_at: Instant | null;
  next_attempt_at: Instant | null;
  exhausted: number;
  oldest_exhausted_at: Instant | null;
  paused: boolean;
  paused_at: Instant | null;
  paused_by: string | null;
  reason: string | null;
};

/** Beyond this many nobody needs the number, and a dead receiver has millions; a thousand take 2 ms. */
export const COUNTED = 1_000;

/**
 * The receivers behind `after` that have deliveries pending or exhausted, or are paused, by name: from one to the next
 * in webhook_delivery_due, webhook_delivery_exhausted and the pauses, whatever waits at each of them.
 */
const next = (after: RawBuilder<unknown>) => sql`
  select least(
    (select receiver from webhook_delivery where status = 'pending' and receiver > ${after} order by receiver limit 1),
    (select receiver from webhook_delivery where status = 'exhausted' and receiver > ${after} order by receiver limit 1),
    (select receiver from paused_receiver where receiver > ${after} order by receiver limit 1)
  )`;

const named = (after: string, most: number) => sql`
  with recursive walk (name, place) as (
    select (${next(sql`${after}::text`)}), 1
    union all
    select (${next(sql`w.name`)}), w.place + 1 from walk w where w.name is not null and w.place < ${most}
  )
  select name from walk where name is not null`;

/** Counts from the two partial indexes that begin with the receiver. */
const states = (names: RawBuilder<unknown>) => sql<ReceiverState>`
  select n.name as receiver, p.count as pending, p.oldest as oldest_pending_at, p.next as next_attempt_at,
    e.count as exhausted, e.oldest as oldest_exhausted_at,
    s.receiver is not null as paused, s.paused_at, s.paused_by, s.reason
  from (${names}) as n
  left join paused_receiver s on s.receiver = n.name
  cross join lateral (
    select count(*)::integer as count, min(created_at) as oldest, min(next_attempt_at) as next
    from (
      select created_at, next_attempt_at from webhook_delivery
      where status = 'pending' and receiver = n.name order by next_attempt_at limit ${COUNTED}
    ) as each
  ) as p
  cross join lateral (
    select count(*)::integer as count, min(created_at) as oldest
    from (
      select created_at from webhook_delivery
      where status = 'exhausted' and receiver = n.name order by id limit ${COUNTED}
    ) as each
  ) as e
  order by n.name`;

/** A page of receivers, by name. Throws `InvalidCursor`. */
export async function listReceivers(
  db: Kysely<Tables>,
  { limit, cursor }: { limit: number; cursor: string | null },
): Promise<Page<ReceiverState>> {
  const after = cursor === null ? '' : readName(cursor);
  const { rows } = await states(named(after, limit + 1)).execute(db);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? writeName(last.receiver) : null };
}

/** One receiver, whether anything waits for it or not. */
export async function receiverState(db: Kysely<Tables>, receiver: string): Promise<ReceiverState> {
  const { rows } = await states(sql`select ${receiver}::text as name`).execute(db);
  const [state] = rows;
  if (!state) throw new Error('a receiver that is named has a state');
  return state;
}

function writeName(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function readName(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString();
  if (name === '' || !isText(name) || writeName(name) !== cursor) throw new InvalidCursor();
  return name;
}
