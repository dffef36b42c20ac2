import type { Instant } from '@awe/engine/instant';
import type { Pool } from 'pg';
import { firstIdAt } from '../integrity/id-time.ts';
import { PURGE_BATCH, purge } from './purge.ts';

/**
 * Forgets the oldest delivered deliveries (webhook_delivery_status, or the primary key where hardly any other is left), a
 * batch at a time; rows that another replica is removing, or somebody sends once more, are passed over. A delivery has
 * its event's id, which was made before it arrived, so that nothing from `$2` on has arrived by `$1`: the walk ends there.
 */
const PURGE = `
  delete from webhook_delivery
  where ctid = any (array(
    select ctid from webhook_delivery
    where status = 'delivered' and id < $2 and delivered_at < $1
    order by id
    limit ${PURGE_BATCH}
    for update skip locked
  ))`;

/** Removes the deliveries that arrived before `before`. Pending and exhausted ones stay. Returns how many there were. */
export function purgeDelivered(pool: Pool, before: Instant, signal: AbortSignal): Promise<number> {
  return purge(pool, PURGE, [before, firstIdAt(before)], signal);
}
