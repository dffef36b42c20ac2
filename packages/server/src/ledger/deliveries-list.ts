import type { Kysely } from 'kysely';
import { isText } from './column-values.ts';
import { type Page, pageOf, readCursor } from './cursor.ts';
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
export type Delivery = Omit<WebhookDeliveryTable, 'updated_at'> & { callback_url: string };

/** Null lifts a filter; those that are given apply together. `limit` rows from `cursor` on, newest first. */
export type DeliverySearch = {
  status: string | null;
  request_id: string | null;
  limit: number;
  cursor: string | null;
};

/**
 * A page of deliveries, from webhook_delivery_status, webhook_delivery_request or the primary key, read backwards.
 * A status that does not exist matches nothing. Throws `InvalidCursor`.
 */
export async function listDeliveries(
  db: Kysely<Tables>,
  { limit, cursor, ...filters }: DeliverySearch,
): Promise<Page<Delivery>> {
  const after = readCursor(cursor, filters);
  const { status, request_id } = filters;
  if (request_id !== null && !isUuid(request_id)) return { rows: [], next: null };
  if (status !== null && !isText(status)) return { rows: [], next: null };
  let query = select(db);
  if (request_id !== null) query = query.where('d.request_id', '=', request_id);
  if (status !== null) query = query.where('d.status', '=', status as Delivery['status']);
  if (after !== null) query = query.where('d.id', '<', after);
  const rows = await query
    .orderBy('d.id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, filters);
}

/** One delivery, or null. */
export async function findDelivery(db: Kysely<Tables>, id: string): Promise<Delivery | null> {
  if (!isUuid(id)) return null;
  const row = await select(db).where('d.id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Deliveries are only made for requests that have a callback_url, and it never changes. */
function select(db: Kysely<Tables>) {
  return db
    .selectFrom('webhook_delivery as d')
    .innerJoin('approval_request as r', 'r.id', 'd.request_id')
    .select(SHOWN)
    .select('r.callback_url')
    .$narrowType<{ callback_url: string }>();
}
