import pg from 'pg';
import { SOCKET_PORT } from './area.ts';
import { SUPERUSER } from './cluster.ts';
import { errorCode } from './embedded-failure.ts';

export const DATABASE = 'awe';
const NO_SUCH_DATABASE = '3D000';
const DATABASE_EXISTS = '42P04';
const SQLSTATE = /^[0-9A-Z]{5}$/;
/** Starting, recovering or ending (57), or as many connections as it takes (53300). */
const PASSING = /^(57...|53300)$/;

/** Everything is spelled out, so that PG* variables of the environment change nothing. */
export function connectionUrl(socketDirectory: string, database: string): string {
  const host = encodeURIComponent(socketDirectory);
  return `postgres://${SUPERUSER}@localhost:${SOCKET_PORT}/${database}?host=${host}&sslmode=disable`;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    query_timeout: 60_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => {});
  }
}

async function createDatabase(socketDirectory: string): Promise<void> {
  await execute(connectionUrl(socketDirectory, 'postgres'), `create database ${DATABASE}`).catch(
    (error: unknown) => {
      if (errorCode(error) !== DATABASE_EXISTS) throw error;
    },
  );
}

/** `starting` counts recovery and ending: PostgreSQL says so itself. `silent`: there is nobody to ask. */
export type Readiness = 'ready' | 'starting' | 'silent';

/**
 * One try at a query, creating our database if the cluster does not have it yet. Rejects with what PostgreSQL answered when
 * asking again is no use.
 */
export async function readiness(socketDirectory: string): Promise<Readiness> {
  try {
    await execute(connectionUrl(socketDirectory, DATABASE), 'select 1');
    return 'ready';
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === NO_SUCH_DATABASE) {
      await createDatabase(socketDirectory);
      return 'starting';
    }
    if (PASSING.test(code)) return 'starting';
    if (SQLSTATE.test(code) && !code.startsWith('E')) throw error;
    return 'silent';
  }
}
