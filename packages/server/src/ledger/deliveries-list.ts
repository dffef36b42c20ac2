import type { Instant } from '@awe/engine/instant';
import type { Kysely, Selectable } from 'kysely';
import { isText } from './column-values.ts';
import { type Page, pageOf, readCursor, writeCursor } from './cursor.ts';
import { firstIdAt } from './id-time.ts';
import type { Tables, WebhookDeliveryTable } from './tables.ts';
import { isUuid } from './uuid.ts';

const SHOWN = [
  'd.id',
  'd.request_id',
  'd.sequence',
  'd.event_type',
  'd.receiver',
  'd.status',
  'd.attempt',
  'd.next_attempt_at',
  'd.last_status_code',
  'd.last_error',
  'd.delivered_at',
  'd.created_at',
] as const;

/** A delivery as people look at it. `id` is its event's id too. */
export type Delivery = Omit<Selectable<WebhookDeliveryTable>, 'updated_at' | 'attempts'> & {
  callback_url: string;
};

/** Null lifts a filter; those that are given apply together. `until` is the first moment that is too late. */
export type DeliveryFilters = {
  status: string | null;
  request_id: string | null;
  receiver: string | null;
  event_type: string | null;
  since: Instant | null;
  until: Instant | null;
};

/** `limit` rows from `cursor` on, newest first. */
export type DeliverySearch = DeliveryFilters & { limit: number; cursor: string | null };

/**
 * There is no index by receiver, event type or time, because each would be written three times on the way of a delivery.
 * A page looks at this many deliveries at most (some 50 ms), and the next one goes on from there.
 */
const STRETCH = 50_000;
/** Ids follow the time of their events up to the clocks of replicas, which differ by far less. */
const CLOCKS_APART_MS = 3_600_000;

/**
 * A page of deliveries, from webhook_delivery_status, webhook_delivery_request or the primary key, read backwards.
 * A status that does not exist matches nothing. Throws `InvalidCursor`.
 */
export async function listDeliveries(
  db: Kysely<Tables>,
  { limit, cursor, ...filters }: DeliverySearch,
): Promise<Page<Delivery>> {
  const after = readCursor(cursor, filters);
  const { status, request_id, receiver, event_type, since, until } = filters;
  if (request_id !== null && !isUuid(request_id)) return NOTHING;
  if ([status, receiver, event_type].some((text) => text !== null && !isText(text))) return NOTHING;
  const narrows = receiver !== null || event_type !== null || since !== null || until !== null;
  const scope = within(db, filters, after);
  let query = select(db, scope.limit(narrows ? STRETCH : limit + 1));
  if (receiver !== null) query = query.where('d.receiver', '=', receiver);
  if (event_type !== null) query = query.where('d.event_type', '=', event_type as Delivery['event_type']);
  if (since !== null) query = query.where('d.created_at', '>=', since);
  if (until !== null) query = query.where('d.created_at', '<', until);
  const rows = await query
    .orderBy('d.id', 'desc')
    .limit(limit + 1)
    .execute();
  if (!narrows || rows.length > limit) return pageOf(rows, limit, filters);
  const last = await scope
    .offset(STRETCH - 1)
    .limit(1)
    .executeTakeFirst();
  const goesOn = last !== undefined && (since === null || last.created_at >= earlier(since));
  return { rows, next: goesOn ? writeCursor(last.id, filters) : null };
}

const NOTHING: Page<Delivery> = { rows: [], next: null };

/** What an index gives in order, newest first. */
function within(db: Kysely<Tables>, filters: DeliveryFilters, after: string | null) {
  const { status, request_id, until } = filters;
  let query = db.selectFrom('webhook_delivery').selectAll();
  if (request_id !== null) query = query.where('request_id', '=', request_id);
  if (status !== null) query = query.where('status', '=', status as Delivery['status']);
  if (after !== null) query = query.where('id', '<', after);
  // No event is older than its id, so what is newer than `until` need not be looked at.
  if (until !== null) query = query.where('id', '<', firstIdAt(Date.parse(until) + CLOCKS_APART_MS));
  return query.orderBy('id', 'desc');
}

function earlier(since: Instant): Instant {
  return new Date(Date.parse(since) - CLOCKS_APART_MS).toISOString();
}

/** One delivery, or null. */
export async function findDelivery(db: Kysely<Tables>, id: string): Promise<Delivery | null> {
  if (!isUuid(id)) return null;
  const row = await select(
    db,
    db.selectFrom('webhook_delivery').selectAll().where('id', '=', id),
  ).executeTakeFirst();
  return row ?? null;
}

/** Deliveries are only made for requests that have a callback_url, and it never changes. */
function select(db: Kysely<Tables>, deliveries: ReturnType<typeof within>) {
  return db
    .selectFrom(deliveries.as('d'))
    .innerJoin('approval_request as r', 'r.id', 'd.request_id')
    .select(SHOWN)
    .select('r.callback_url')
    .$narrowType<{ callback_url: string }>();
}
