import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { type Database, openDatabase } from './ledger/database.ts';

/**
 * The connections of one replica, apart by what must not wait for what: `hot` loads and commits, `outbox` is the
 * dispatcher's, `reads` answers searches and serves the other workers, `probe` is the health check's own, so that slow
 * searches do not make a replica look dead.
 */
export type Pools = {
  hot: Database;
  outbox: Database;
  reads: Database;
  probe: Database;
  close: () => Promise<void>;
};

/**
 * The hot statements are prepared while the tables may be small, and must still be good when they are large: they only
 * ever reach rows by an index (ADR 7).
 */
const INDEX_ONLY = { enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off' };

const OUTBOX_CONNECTIONS = 2;

/** The probe is given up before the next one comes, so that a connection that went silent hides no way back. */
const PROBE_TIMEOUT_MS = 1_000;
/**
 * Our own statements hold a row for milliseconds. Who waits longer waits for somebody at a prompt, and with it everybody
 * whose change shares the statement.
 */
const LOCK_TIMEOUT_MS = 2_000;

/** `database.pool_size` connections altogether, and at least one for each purpose. Opens none yet. */
export function openPools(config: Config, log: Logger): Pools {
  const { databaseUrl, database } = config;
  if (databaseUrl === null) throw new Error('the embedded database is started before the service');
  const connectTimeoutMs = database.connect_timeout_seconds * 1000;
  const statementTimeoutMs = database.statement_timeout_seconds * 1000;
  const open = (poolSize: number, session: Record<string, string>, longestMs = Number.POSITIVE_INFINITY) =>
    openDatabase({
      url: databaseUrl,
      poolSize: Math.max(1, poolSize),
      connectTimeoutMs: Math.min(connectTimeoutMs, longestMs),
      statementTimeoutMs: Math.min(statementTimeoutMs, longestMs),
      session,
      onError: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
    });
  const shared = database.pool_size - 1 - OUTBOX_CONNECTIONS;
  const pools = {
    hot: open(Math.floor(shared / 2), {
      ...INDEX_ONLY,
      lock_timeout: String(Math.ceil(Math.min(LOCK_TIMEOUT_MS, statementTimeoutMs / 2))),
    }),
    outbox: open(OUTBOX_CONNECTIONS, INDEX_ONLY),
    reads: open(Math.ceil(shared / 2), {}),
    probe: open(1, {}, PROBE_TIMEOUT_MS),
  };
  return {
    ...pools,
    close: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.close()));
    },
  };
}
