import { deliveryOut } from '../delivery-out.ts';
import type { Handler } from '../handler.ts';

export const listDeliveries: Handler<'listDeliveries'> = async ({ deliveries }, { query }) => {
  const { rows, next } = await deliveries.list({
    status: query.status ?? null,
    request_id: query.request_id ?? null,
    limit: query.limit,
    cursor: query.cursor ?? null,
  });
  return { body: rows.map((delivery) => deliveryOut(delivery, deliveries.maxAttempts)), next };
};
