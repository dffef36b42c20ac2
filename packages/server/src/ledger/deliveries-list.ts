import type { Instant } from '@awe/engine/instant';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';
import { isUuid } from './uuid.ts';

/** A delivery as people look at it. `id` is the id of its event too. */
export type Delivery = {
  id: string;
  request_id: string;
  sequence: number;
  event_type: string;
  callback_url: string;
  status: 'pending' | 'delivered' | 'exhausted';
  attempt: number;
  next_attempt_at: Instant | null;
  last_status_code: number | null;
  last_error: string | null;
  delivered_at: Instant | null;
  created_at: Instant;
};

export type DeliveryFilter = {
  /** Anything but a status that exists matches nothing. */
  status?: string | undefined;
  request_id?: string | undefined;
  /** Only what is older than the delivery of this id. */
  before?: string | undefined;
  limit: number;
};

/** Newest first. Indexes: webhook_delivery_status, webhook_delivery_request, or the primary key backwards. No lock. */
export async function listDeliveries(kysely: Kysely<Tables>, filter: DeliveryFilter): Promise<Delivery[]> {
  if (filter.request_id !== undefined && !isUuid(filter.request_id)) return [];
  let query = selectDelivery(kysely).orderBy('d.id', 'desc').limit(filter.limit);
  if (filter.status !== undefined) {
    if (!isStatus(filter.status)) return [];
    query = query.where('d.status', '=', filter.status);
  }
  if (filter.request_id !== undefined) query = query.where('d.request_id', '=', filter.request_id);
  if (filter.before !== undefined) query = query.where('d.id', '<', filter.before);
  return query.execute();
}

/** Primary key. Null when there is none of that id. */
export async function findDelivery(kysely: Kysely<Tables>, id: string): Promise<Delivery | null> {
  if (!isUuid(id)) return null;
  return (await selectDelivery(kysely).where('d.id', '=', id).executeTakeFirst()) ?? null;
}

function selectDelivery(kysely: Kysely<Tables>) {
  return kysely
    .selectFrom('webhook_delivery as d')
    .innerJoin('approval_request as r', 'r.id', 'd.request_id')
    .select([
      'd.id',
      'd.request_id',
      'd.sequence',
      'd.event_type',
      // Deliveries are only made for requests that have one, and it never changes.
      'r.callback_url as callback_url',
      'd.status',
      'd.attempt',
      'd.next_attempt_at',
      'd.last_status_code',
      'd.last_error',
      'd.delivered_at',
      'd.created_at',
    ])
    .$narrowType<{ callback_url: string }>();
}

function isStatus(text: string): text is Delivery['status'] {
  return text === 'pending' || text === 'delivered' || text === 'exhausted';
}
