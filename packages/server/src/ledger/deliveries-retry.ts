import type { Instant } from '@awe/engine/instant';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';
import { isUuid } from './uuid.ts';

/**
 * Starts the attempts of a delivery from the beginning. False: it has arrived already, or there is none of that id.
 * Primary key, one row lock. A delivery that arrived stays as it is, which also decides a race with its own success. The
 * new `next_attempt_at` takes the row from whoever holds a lease on it: a failure they report counts no more.
 */
export async function restartDelivery(db: Kysely<Tables>, id: string, now: Instant): Promise<boolean> {
  if (!isUuid(id)) return false;
  const { numUpdatedRows } = await db
    .updateTable('webhook_delivery')
    .set({ status: 'pending', attempt: 0, next_attempt_at: now, updated_at: now })
    .where('id', '=', id)
    .where('status', '<>', 'delivered')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
