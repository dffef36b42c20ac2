import type { Instant } from '@awe/engine/instant';
import type { Pool } from 'pg';

/**
 * Forgets the oldest keys (idempotency_key_age), a batch at a time, so that no statement is long and nobody waits for its
 * locks; rows that another replica is removing are passed over.
 */
const PURGE = `
  delete from idempotency_key
  where (subject, key) in (
    select subject, key from idempotency_key
    where created_at < $1
    order by created_at
    limit $2
    for update skip locked
  )`;

const BATCH = 1_000;

/** Removes the keys that were first used before `before`. Returns how many there were. */
export async function purgeIdempotencyKeys(pool: Pool, before: Instant): Promise<number> {
  for (let removed = 0; ; ) {
    const { rowCount } = await pool.query(PURGE, [before, BATCH]);
    removed += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH) return removed;
  }
}
