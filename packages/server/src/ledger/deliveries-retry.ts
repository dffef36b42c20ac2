import type { Instant } from '@awe/engine/instant';
import type { Pool } from 'pg';
import { isUuid } from './uuid.ts';

/**
 * Primary key, one row lock. A delivery that arrived stays as it is, which also decides a race with its own success. The
 * new `next_attempt_at` takes the row from whoever holds a lease on it: a failure they report counts no more.
 */
const RETRY = `
  update webhook_delivery
  set status = 'pending', attempt = 0, next_attempt_at = $2, updated_at = $2
  where id = $1 and status <> 'delivered'`;

/** Starts the attempts of a delivery from the beginning. False: it has arrived already, or there is none of that id. */
export async function restartDelivery(pool: Pool, id: string, now: Instant): Promise<boolean> {
  if (!isUuid(id)) return false;
  return (await pool.query(RETRY, [id, now])).rowCount === 1;
}
