import type { Pool } from 'pg';

/** Rows that one statement of a purge removes: none is long, and nobody waits for its locks. */
export const PURGE_BATCH = 1_000;

/**
 * Runs a statement that removes at most {@link PURGE_BATCH} rows until there are fewer to remove, or `signal` says to
 * stop. Returns how many it removed.
 */
export async function purge(
  pool: Pool,
  statement: string,
  values: readonly unknown[],
  signal: AbortSignal,
): Promise<number> {
  let removed = 0;
  while (!signal.aborted) {
    const { rowCount } = await pool.query(statement, [...values]);
    removed += rowCount ?? 0;
    if ((rowCount ?? 0) < PURGE_BATCH) break;
  }
  return removed;
}
