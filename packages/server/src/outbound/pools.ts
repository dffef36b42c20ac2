import { type buildConnector, Pool } from 'undici';

/**
 * Several times the callbacks' default concurrency: an origin may have many receivers, and the pool is not what holds one
 * of them back while others keep their connections.
 */
const CONNECTIONS_PER_ORIGIN = 1_024;
/** Below the 5 s after which a Node.js server closes an idle connection: a POST that meets the closing is lost. */
const KEEP_ALIVE_MS = 4_000;
/** A receiver may ask for longer, but not for the ten minutes that are undici's default. */
const KEEP_ALIVE_MAX_MS = 60_000;

export type Pools = {
  /** Lends the pool of an origin for one call; a lent pool is not dropped. */
  use<Result>(origin: string, call: (pool: Pool) => Promise<Result>): Promise<Result>;
  /** How many origins are remembered now. */
  size(): number;
  destroy(): Promise<void>;
};

/**
 * Keep-alive connections by origin. Beyond `maxIdleOrigins` the origin used longest ago is dropped: callers choose the
 * hosts, so there may be any number of them. (undici's Agent would do, but it keeps the pool of every origin whose
 * last call was given up, for ever.)
 */
export function createPools(connect: buildConnector.connector, maxIdleOrigins = 256): Pools {
  // A Map keeps the order of insertion: re-inserted at every use, its first entries are the ones used longest ago.
  const pools = new Map<string, { pool: Pool; calls: number }>();

  function lend(origin: string) {
    const entry = pools.get(origin) ?? { pool: createPool(origin, connect), calls: 0 };
    pools.delete(origin);
    pools.set(origin, entry);
    entry.calls++;
    return entry;
  }

  function dropIdle(): void {
    let excess = pools.size - maxIdleOrigins;
    if (excess <= 0) return;
    for (const [origin, { pool, calls }] of pools) {
      if (calls > 0) continue;
      pools.delete(origin);
      void pool.destroy();
      if (--excess === 0) return;
    }
  }

  return {
    async use(origin, call) {
      const entry = lend(origin);
      try {
        return await call(entry.pool);
      } finally {
        entry.calls--;
        dropIdle();
      }
    },
    size: () => pools.size,
    async destroy() {
      await Promise.all([...pools.values()].map(({ pool }) => pool.destroy()));
      pools.clear();
    },
  };
}

function createPool(origin: string, connect: buildConnector.connector): Pool {
  return new Pool(origin, {
    connect,
    allowH2: false,
    connections: CONNECTIONS_PER_ORIGIN,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
    // One clock for the whole call instead; see `post`.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
