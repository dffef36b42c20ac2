import type { Instant } from '@awe/engine/instant';
import type { Pool } from 'pg';
import { PURGE_BATCH, purge } from './purge.ts';

/**
 * Forgets the oldest keys (idempotency_key_age), a batch at a time; rows that another replica is removing are passed
 * over. By where the rows are, because a join with the batch may read the whole table.
 */
const PURGE = `
  delete from idempotency_key
  where ctid = any (array(
    select ctid from idempotency_key
    where created_at < $1
    order by created_at
    limit ${PURGE_BATCH}
    for update skip locked
  ))`;

/** Removes the keys that were first used before `before`. Returns how many there were. */
export function purgeIdempotencyKeys(pool: Pool, before: Instant, signal: AbortSignal): Promise<number> {
  return purge(pool, PURGE, [before], signal);
}
