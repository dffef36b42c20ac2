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
 * `target` says where it is, without the password. `close` waits until every connection is gone and may be called again.
 * Statements are not prepared by name unless their code says so, so that a pooler between us and PostgreSQL may share
 * sessions by transaction.
 */
export type Database = {
  readonly pool: pg.Pool;
  readonly kysely: Kysely<Tables>;
  readonly target: string;
  close(): Promise<void>;
};

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
  const gone = trackConnections(pool);
  let closed: Promise<void> | null = null;
  return {
    pool,
    kysely: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparedPool(pool) }) }),
    target,
    close: () => {
      closed ??= pool.end().then(gone);
      return closed;
    },
  };
}

/** The pool's own end comes before its sockets have closed; the function returned waits for the last of them. */
function trackConnections(pool: pg.Pool): () => Promise<void> {
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
  return async () => {
    await Promise.all(open.values());
  };
}
