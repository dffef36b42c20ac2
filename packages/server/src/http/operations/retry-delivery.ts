import { actorOf } from '../actor.ts';
import { deliveryOut } from '../delivery-out.ts';
import type { Handler } from '../handler.ts';

export const retryDelivery: Handler<'retryDelivery'> = async ({ deliveries }, { params, caller }) => {
  const delivery = await deliveries.retry(params.delivery_id, actorOf(caller));
  return { body: deliveryOut(delivery, deliveries.maxAttempts) };
};
