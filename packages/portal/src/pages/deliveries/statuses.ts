import type { DeliveryStatus } from '@awe/contract/deliveries';

/** What becomes of deliveries, what needs somebody first. */
export const DELIVERY_STATUSES: readonly DeliveryStatus[] = ['exhausted', 'pending', 'delivered'];
