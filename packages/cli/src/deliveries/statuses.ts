import type { Schemas } from '@awe/client';

export type Status = Schemas['DeliveryOut']['status'];

/** In the order in which a delivery has them. */
export const STATUSES = ['pending', 'delivered', 'exhausted'] as const satisfies readonly Status[];
