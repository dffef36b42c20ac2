import type { DeliveryOut } from '@awe/contract/deliveries';
import type { Delivery } from '../ledger/deliveries-list.ts';

/** A delivery on the wire. It has the id of its event, because an event is delivered to one receiver only. */
export function deliveryOut(delivery: Delivery, maxAttempts: number): DeliveryOut {
  return { ...delivery, event_id: delivery.id, max_attempts: maxAttempts };
}
