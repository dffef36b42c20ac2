import { deliveryDetailOut } from '../delivery-out.ts';
import type { Handler } from '../handler.ts';

export const getDelivery: Handler<'getDelivery'> = async ({ deliveries }, { params }) => ({
  body: deliveryDetailOut(await deliveries.get(params.delivery_id), deliveries.maxAttempts),
});
