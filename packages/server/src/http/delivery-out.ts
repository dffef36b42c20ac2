import type { DeliveryDetailOut, DeliveryOut } from '@awe/contract/deliveries';
import type { DeliveryDetail } from '../ledger/deliveries-detail.ts';
import type { Delivery } from '../ledger/deliveries-list.ts';
import { webhookBody } from '../webhooks/message.ts';

/** A delivery on the wire. It has the id of its event, because an event is delivered to one receiver only. */
export function deliveryOut(delivery: Delivery, maxAttempts: number): DeliveryOut {
  return { ...delivery, event_id: delivery.id, max_attempts: maxAttempts };
}

/** With its attempts, and the body as each of them sends it. */
export function deliveryDetailOut(
  { delivery, attempts, message }: DeliveryDetail,
  maxAttempts: number,
): DeliveryDetailOut {
  return { ...deliveryOut(delivery, maxAttempts), attempts, payload: JSON.parse(webhookBody(message)) };
}
