import pg from 'pg';
import { SOCKET_PORT } from './area.ts';
import { SUPERUSER } from './cluster.ts';
import { errorCode } from './start-failure.ts';

export const DATABASE = 'awe';
const NO_SUCH_DATABASE = '3D000';
const DATABASE_EXISTS = '42P04';

/** Everything is spelled out, so that PG* variables of the environment change nothing. */
export function connectionUrl(socketDirectory: string, database: string): string {
  const host = encodeURIComponent(socketDirectory);
  return `postgres://${SUPERUSER}@localhost:${SOCKET_PORT}/${database}?host=${host}&sslmode=disable`;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
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

/** Starting, recovering, ending or full: all pass. Anything else PostgreSQL says will be the same the next time. */
function mayPass(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return !/^[0-9A-Z]{5}$/.test(code) || /^(57|53|08)/.test(code) || code.startsWith('E');
}

/**
 * One try at a query, creating our database if the cluster does not have it yet. `false`: not yet, ask again.
 * Rejects with what PostgreSQL answered when asking again is no use.
 */
export async function isReady(socketDirectory: string): Promise<boolean> {
  try {
    await execute(connectionUrl(socketDirectory, DATABASE), 'select 1');
    return true;
  } catch (error) {
    if (errorCode(error) === NO_SUCH_DATABASE) await createDatabase(socketDirectory);
    else if (!mayPass(error)) throw error;
    return false;
  }
}
