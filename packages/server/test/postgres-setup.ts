import { openDatabase } from '@awe/server/ledger/database';
import { migrate } from '@awe/server/ledger/migrate';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startScratch } from '../src/embedded/scratch.ts';
import { urlOfDatabase } from './database-url.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database to connect to for creating others, and the migrated one to clone. */
    postgres: { adminUrl: string; template: string };
  }
}

/**
 * One PostgreSQL for the whole run: DATABASE_URL, beside whose database ours are made and dropped, or else a cluster of
 * its own that goes with the run.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL;
  const scratch = given === undefined || given === '' ? await startScratch() : null;
  const adminUrl = scratch?.url ?? given ?? '';
  const template = `awe_test_${process.pid}_template`;
  const drop = async () => {
    // A test file that never got to its own drop leaves nothing behind in somebody's server.
    if (scratch === null) await dropAll(adminUrl, `awe_test_${process.pid}_`);
    await scratch?.stop();
  };
  try {
    await execute(adminUrl, `create database "${template}"`);
    await migrateTemplate(urlOfDatabase(adminUrl, template));
  } catch (error) {
    await drop();
    throw error;
  }
  project.provide('postgres', { adminUrl, template });
  return drop;
}

async function migrateTemplate(url: string): Promise<void> {
  const database = openDatabase({
    url,
    poolSize: 1,
    connectTimeoutMs: 10_000,
    statementTimeoutMs: 60_000,
    onError: () => {},
  });
  try {
    await migrate(database, () => {});
  } finally {
    await database.close();
  }
}

async function dropAll(adminUrl: string, prefix: string): Promise<void> {
  const found = await execute(
    adminUrl,
    `select datname as name from pg_database where datname like '${prefix.replaceAll('_', '\\_')}%'`,
  );
  for (const { name } of found) await execute(adminUrl, `drop database if exists "${name}" with (force)`);
}

async function execute(url: string, statement: string): Promise<{ name: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ name: string }>(statement)).rows;
  } finally {
    await client.end();
  }
}
