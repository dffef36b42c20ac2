import { createHash } from 'node:crypto';
import type { PostgresCursor, PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { isUnavailable } from './database-failure.ts';

/** Shapes of statements kept by name, per process; a search has a dozen, so more than this is not one of ours. */
const MOST_NAMES = 1_000;
const names = new Map<string, string>();

/**
 * The pool as Kysely sees it, with every statement prepared under a name of its own text: PostgreSQL then parses it once a
 * connection and may keep its plan, which is most of what a small read costs (190 µs of its CPU without).
 */
export function preparedPool(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    connect: async () => prepared(await pool.connect()),
    end: () => pool.end(),
  };
}

/** Kysely asks for cursors only when a query is streamed, which none of ours is. */
function prepared(client: pg.PoolClient): PostgresPoolClient {
  let lost: Error | null = null;
  const query = async <Row>(text: string | PostgresCursor<Row>, values: readonly unknown[] = []) => {
    if (typeof text !== 'string') throw new Error('no query of the ledger is streamed');
    // Nothing comes back on it, the rollback of a transaction neither.
    if (lost) throw lost;
    const name = nameOf(text);
    try {
      return await client.query(
        name === null ? { text, values: [...values] } : { name, text, values: [...values] },
      );
    } catch (error) {
      if (error instanceof Error && isUnavailable(error)) lost = error;
      throw error;
    }
  };
  // A connection that went silent looks sound to the pool, which would lend it again, and its silence with it.
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client.release(lost ?? undefined),
  };
}

/** Null for what is no statement with parameters, such as `begin`, and once there are too many. */
function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (!text.includes('$1') || names.size >= MOST_NAMES) return null;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 24);
  names.set(text, name);
  return name;
}
