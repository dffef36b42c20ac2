import { readFile } from 'node:fs/promises';
import process from 'node:process';
import pg from 'pg';
import { urlOfDatabase } from '../database-url.ts';

/**
 * Makes a sample of the reference implementation's database beside the one of DATABASE_URL, for a rehearsal, and prints
 * its address; with `--drop` takes it away again.
 */
const beside = process.env.DATABASE_URL ?? '';
const { database } = new pg.Client({ connectionString: beside });
const name = `${database}_sample`;
const address = urlOfDatabase(beside, name);

async function run(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statements).finally(() => client.end());
}

await run(beside, `drop database if exists "${name}"`);
if (!process.argv.includes('--drop')) {
  await run(beside, `create database "${name}" template template0`);
  await run(address, await readFile(new URL('./reference.sql', import.meta.url), 'utf8'));
  process.stdout.write(`${address}\n`);
}
