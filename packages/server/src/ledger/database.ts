import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { connectionSettings, describeTarget } from './connection-settings.ts';
import { preparedPool } from './prepared.ts';
import type { Tables } from './tables.ts';

export type DatabaseOptions = {
  /** `postgres://user:password@host:port/database`, or with `?host=/directory` for a socket. */
  url: string;
  /** Connections at most. */
  poolSize: number;
  /** How long to wait for a connection, be it a new one or the turn of a busy pool. */
  connectTimeoutMs: number;
  /** How long PostgreSQL may work on one statement. */
  statementTimeoutMs: number;
  /** PostgreSQL settings of every session of this pool, beside those of the URL. */
  session?: Readonly<Record<string, string>>;
  /** Told when a connection that nobody uses is lost. The pool replaces it; nothing else has to happen. */
  onError: (error: Error) => void;
};

/**
 * `target` says where it is, without the password. `close` waits until every connection is gone and may be called again;
 * a server that does not let go of one is left after {@link GOODBYE_MS}.
 * Statements are not prepared by name unless their code says so, so that a pooler between us and PostgreSQL may share
 * sessions by transaction.
 */
export type Database = {
  readonly pool: pg.Pool;
  readonly kysely: Kysely<Tables>;
  readonly target: string;
  close(): Promise<void>;
};

/** For statements under way to end and sessions to be closed, within the 30 s of a shutdown. */
const GOODBYE_MS = 3_000;

/** Opens no connection yet. Throws `StartFailure` when the URL cannot be understood. */
export function openDatabase(options: DatabaseOptions): Database {
  const target = describeTarget(options.url);
  const pool = new pg.Pool({
    ...connectionSettings(options.url, options.session),
    max: options.poolSize,
    connectionTimeoutMillis: options.connectTimeoutMs,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs,
    // A server that vanished without a word cancels nothing: we stop waiting a little after it should have.
    query_timeout: options.statementTimeoutMs + options.connectTimeoutMs,
  });
  pool.on('error', options.onError);
  const open = trackConnections(pool);
  let closed: Promise<void> | null = null;
  return {
    pool,
    kysely: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparedPool(pool) }) }),
    target,
    close: () => {
      closed ??= closePool(pool, open);
      return closed;
    },
  };
}

type OpenConnections = ReadonlyMap<pg.PoolClient, Promise<void>>;

/** The pool's own end comes before its sockets have closed; this resolves when the last of them has. */
async function closePool(pool: pg.Pool, open: OpenConnections): Promise<void> {
  // A server that vanished answers no goodbye, and TCP waits for it for a quarter of an hour.
  const timer = setTimeout(() => {
    for (const client of open.keys()) if (client instanceof pg.Client) client.connection.stream.destroy();
  }, GOODBYE_MS);
  try {
    await pool.end();
    await Promise.all(open.values());
  } finally {
    clearTimeout(timer);
  }
}

/** The connections that are open at any time, each with its end. */
function trackConnections(pool: pg.Pool): OpenConnections {
  const open = new Map<pg.PoolClient, Promise<void>>();
  pool.on('connect', (client) => {
    // While somebody uses a connection the pool does not listen; its loss rejects their query and must not end the process.
    client.on('error', () => {});
    open.set(
      client,
      new Promise((resolve) => {
        client.once('end', () => {
          open.delete(client);
          resolve();
        });
      }),
    );
  });
  return open;
}
