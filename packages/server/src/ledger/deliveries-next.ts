import type { Instant } from '@awe/engine/instant';
import type { Pool } from 'pg';

/**
 * The next moment after `now` at which a delivery becomes due: one entry of webhook_delivery_next, no lock. What is due
 * already and was not claimed waits for something else than time: an earlier delivery's result, or a free place.
 */
const NEXT = `
  select min(next_attempt_at) as next from webhook_delivery where status = 'pending' and next_attempt_at > $1`;

export async function nextDeliveryDue(pool: Pool, now: Instant): Promise<Instant | null> {
  const { rows } = await pool.query<{ next: Instant | null }>(NEXT, [now]);
  return rows[0]?.next ?? null;
}
