import { instantOf } from '../date-time.ts';
import { deliveryOut } from '../delivery-out.ts';
import type { Handler } from '../handler.ts';

export const listDeliveries: Handler<'listDeliveries'> = async ({ deliveries }, { query }) => {
  const { rows, next } = await deliveries.list({
    status: query.status ?? null,
    request_id: query.request_id ?? null,
    receiver: query.receiver ?? null,
    event_type: query.event_type ?? null,
    since: query.since === undefined ? null : instantOf(query.since),
    until: query.until === undefined ? null : instantOf(query.until),
    limit: query.limit,
    cursor: query.cursor ?? null,
  });
  return { body: rows.map((delivery) => deliveryOut(delivery, deliveries.maxAttempts)), next };
};
