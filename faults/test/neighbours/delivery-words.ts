import type { Stand } from '../../../packages/server/test/service/stand.ts';
import { admin } from '../../../packages/server/test/service/stand.ts';

export type Delivery = {
  id: string;
  sequence: number;
  status: string;
  attempt: number;
  next_attempt_at: string | null;
  last_status_code: number | null;
  last_error: string | null;
};

/** What an operator sees of the deliveries. */
export function deliveryWords(stand: Pick<Stand, 'call'>) {
  const deliveriesOf = async (requestId: string) =>
    (await stand.call<Delivery[]>(admin, 'GET', `/admin/deliveries?request_id=${requestId}`)).body;
  return {
    deliveriesOf,
    /** Asks until all deliveries of a request fit; the test's own limit ends the wait. */
    untilAll: async (requestId: string, fits: (delivery: Delivery) => boolean) => {
      for (;;) {
        const deliveries = await deliveriesOf(requestId);
        if (deliveries.length > 0 && deliveries.every(fits)) return deliveries;
      }
    },
  };
}
