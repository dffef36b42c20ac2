import type { Admin, AdminDeed } from '../audit/admin.ts';
import { AweError } from '../awe-error.ts';
import type { Clock } from '../clock.ts';
import { audited } from '../ledger/audited.ts';
import type { Page } from '../ledger/cursor.ts';
import type { Database } from '../ledger/database.ts';
import { type DeliveryDetail, findDeliveryDetail } from '../ledger/deliveries-detail.ts';
import {
  type Delivery,
  type DeliverySearch,
  findDelivery,
  listDeliveries,
} from '../ledger/deliveries-list.ts';
import { countMatching, type ReplayFilters } from '../ledger/deliveries-replay.ts';
import { restartDelivery } from '../ledger/deliveries-retry.ts';
import { replayAll, replayDeed } from './delivery-replay.ts';

/** What an admin sees of the outbox and does with it. */
export type DeliveryAdmin = {
  /** Throws `InvalidCursor`. */
  listDeliveries: (search: DeliverySearch) => Promise<Page<Delivery>>;
  /** @throws AweError `delivery_not_found` */
  getDelivery: (id: string) => Promise<DeliveryDetail>;
  /** Starts matching deliveries anew, or with `dryRun` only counts them. Returns how many. */
  replayDeliveries: (filters: ReplayFilters, dryRun: boolean, by: Admin) => Promise<number>;
  /**
   * Starts the attempts of a delivery from the beginning, the first one at once. An attempt that is under way is not
   * called back, so the receiver may see the event twice, as it always may.
   * @throws AweError `delivery_not_found`, or `conflict` when the receiver has it already
   */
  retryDelivery: (id: string, by: Admin) => Promise<Delivery>;
};

export function createDeliveryAdmin(options: {
  database: Pick<Database, 'pool' | 'kysely'>;
  clock: Clock;
  wake: () => void;
}): DeliveryAdmin {
  const { database, clock, wake } = options;
  return {
    listDeliveries: (search) => listDeliveries(database.kysely, search),
    async getDelivery(id) {
      const detail = await findDeliveryDetail(database.kysely, id);
      if (detail === null) throw notFound(id);
      return detail;
    },
    replayDeliveries: (filters, dryRun, by) =>
      dryRun
        ? countMatching(database.kysely, filters)
        : replayAll(options, filters, by, (count) => replayDeed(filters, count)),
    async retryDelivery(id, by) {
      const { restarted, delivery } = await audited({ db: database.kysely, clock }, by, async (trx) => {
        const before = await findDelivery(trx, id);
        const restarted = await restartDelivery(trx, id, clock.now());
        const delivery = await findDelivery(trx, id);
        return {
          result: { restarted, delivery },
          deed: restarted && delivery ? deedOf(before, delivery) : null,
        };
      });
      if (restarted) wake();
      if (delivery === null) throw notFound(id);
      if (!restarted) {
        throw new AweError(
          'conflict',
          `Delivery ${id} has arrived at ${delivery.delivered_at}: the receiver has this event already`,
        );
      }
      return delivery;
    },
  };
}

function notFound(id: string): AweError {
  return new AweError(
    'delivery_not_found',
    `There is no delivery ${id}: take the id from GET /admin/deliveries`,
  );
}

function deedOf(before: Delivery | null, after: Delivery): AdminDeed {
  return {
    action: 'delivery.retry',
    resource_type: 'delivery',
    resource_id: after.id,
    summary: `Retried the delivery of ${after.event_type} to ${after.receiver}`,
    before,
    after,
    metadata: { request_id: after.request_id },
  };
}
