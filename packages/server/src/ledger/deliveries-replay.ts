import type { Instant } from '@awe/engine/instant';
import { type Kysely, sql } from 'kysely';
import { isText } from './column-values.ts';
import type { Tables } from './tables.ts';

export type DeliveryStatus = Tables['webhook_delivery']['status'];

/** Which deliveries; null lifts a bound. `until` is the first moment that is too late. */
export type ReplayFilters = {
  receiver: string | null;
  since: Instant | null;
  until: Instant | null;
  statuses: readonly DeliveryStatus[];
};

export type ReplayBatch = { count: number; last: string | null };

/**
 * Starts the attempts of up to `size` deliveries from the beginning, those with the least ids behind `after`, so that one
 * that has arrived again meanwhile is not met twice. `last`: where the next batch goes on; null: this was the last.
 *
 * webhook_delivery_exhausted, webhook_delivery_status or the primary key, forwards. Rows are locked in the order of their
 * ids, so that two replays cannot deadlock; who records results does not wait for them but comes back (see
 * `recordDeliveries`). A lease is taken away, as by a retry by hand.
 */
export async function replayBatch(
  db: Kysely<Tables>,
  filters: ReplayFilters,
  { after, size, now }: { after: string | null; size: number; now: Instant },
): Promise<ReplayBatch> {
  const matching = matches(db, filters, after).select('id').orderBy('id').limit(size).forUpdate();
  const { rows } = await sql<{ id: string }>`
    update webhook_delivery d
    set status = 'pending', attempt = 0, next_attempt_at = ${now}, delivered_at = null, updated_at = ${now}
    from (${matching}) as m
    where d.id = m.id
    returning d.id`.execute(db);
  const ids = rows.map((row) => row.id).sort();
  return { count: ids.length, last: ids.length === size ? (ids.at(-1) ?? null) : null };
}

/** How many deliveries match now. Reads them all. */
export async function countMatching(db: Kysely<Tables>, filters: ReplayFilters): Promise<number> {
  const { count } = await matches(db, filters, null)
    .select(sql<number>`count(*)::integer`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

function matches(db: Kysely<Tables>, filters: ReplayFilters, after: string | null) {
  const { receiver, since, until, statuses } = filters;
  const [only, ...others] = statuses;
  let query = db.selectFrom('webhook_delivery');
  if (receiver !== null) {
    query = isText(receiver) ? query.where('receiver', '=', receiver) : query.where(sql<boolean>`false`);
  }
  // Said outright when it is one, so that its index gives the rows in order.
  if (only !== undefined && others.length === 0) query = query.where('status', '=', only);
  else if (only === undefined) query = query.where(sql<boolean>`false`);
  else query = query.where('status', 'in', [...statuses]);
  if (since !== null) query = query.where('created_at', '>=', since);
  if (until !== null) query = query.where('created_at', '<', until);
  if (after !== null) query = query.where('id', '>', after);
  return query;
}
