import { type Database, openDatabase } from '@awe/server/ledger/database';
import pg from 'pg';
import { inject } from 'vitest';
import { urlOfDatabase } from './database-url.ts';

/** `drop` fails when a connection was left open: a leak in the code under test, or a test that did not close. */
export type FreshDatabase = { url: string; drop(): Promise<void> };

let made = 0;

/** A new database of its own with the schema in place, a copy of the run's template. For one test file. */
export function freshDatabase(): Promise<FreshDatabase> {
  return createDatabase(inject('postgres').template);
}

/** A new database with nothing in it yet. */
export function emptyDatabase(): Promise<FreshDatabase> {
  return createDatabase('template0');
}

async function createDatabase(origin: string): Promise<FreshDatabase> {
  const { adminUrl, template } = inject('postgres');
  made += 1;
  const name = `${template.replace(/template$/, '')}${process.pid}_${made}`;
  await administer(adminUrl, (admin) => admin.query(`create database "${name}" template "${origin}"`));
  return {
    url: urlOfDatabase(adminUrl, name),
    drop: () =>
      administer(adminUrl, async (admin) => {
        const leaks = await openConnections(admin, name);
        await admin.query(`drop database "${name}" with (force)`);
        if (leaks.length > 0) throw new Error(`Connections were left open: ${leaks.join('; ')}`);
      }),
  };
}

/** The database with a small pool, as most tests of the ledger want it. Close it before the drop. */
export function openFresh({ url }: FreshDatabase, poolSize = 4, statementTimeoutMs = 60_000): Database {
  return openDatabase({
    url,
    poolSize,
    connectTimeoutMs: 30_000,
    statementTimeoutMs,
    onError: (error) => {
      throw error;
    },
  });
}

/** What they call themselves and their last statement. A closed connection's process may take a moment to end. */
async function openConnections(admin: pg.Client, name: string): Promise<string[]> {
  for (let tries = 0; ; tries += 1) {
    const { rows } = await admin.query<{ said: string }>(
      `select format('%s (%s): %s', application_name, state, left(query, 200)) as said
         from pg_stat_activity
        where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || tries === 100) return rows.map((row) => row.said);
    await admin.query('select pg_sleep(0.01)');
  }
}

async function administer<Result>(url: string, work: (admin: pg.Client) => Promise<Result>): Promise<Result> {
  const admin = new pg.Client({ connectionString: url, application_name: 'awe test administration' });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
