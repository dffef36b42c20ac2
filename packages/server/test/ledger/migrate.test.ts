import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDatabase } from '@awe/server/ledger/database';
import { migrate } from '@awe/server/ledger/migrate';
import { unsupportedServer } from '@awe/server/ledger/migration-fault';
import { StartFailure } from '@awe/server/start-failure';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyDatabase, type FreshDatabase, openFresh } from '../postgres.ts';

const silent = () => {};
const settings = { poolSize: 1, connectTimeoutMs: 2_000, statementTimeoutMs: 2_000, onError: silent };

let empty: FreshDatabase;

beforeEach(async () => {
  empty = await emptyDatabase();
});

afterEach(() => empty.drop());

/** Migrates with a pool of its own, as a replica would, and returns what it logged. */
async function migrated(url: string, folder?: URL): Promise<string[]> {
  const lines: string[] = [];
  const database = openDatabase({ ...settings, url });
  try {
    await migrate(database, (line) => lines.push(line), folder);
    return lines;
  } finally {
    await database.close();
  }
}

async function query(statement: string): Promise<unknown[]> {
  const database = openFresh(empty, 1);
  try {
    return (await database.pool.query(statement)).rows;
  } finally {
    await database.close();
  }
}

/** With the URL of a role that may read and write what is there, and create nothing. */
async function asUserOfTables(work: (url: string) => Promise<void>): Promise<void> {
  const role = `awe_test_${process.pid}`;
  await query(`create role ${role};
    revoke create on schema public from public;
    grant all on all tables in schema public to ${role};`);
  try {
    const options = encodeURIComponent(`-c role=${role}`);
    await work(`${empty.url}${empty.url.includes('?') ? '&' : '?'}options=${options}`);
  } finally {
    await query(`drop owned by ${role}; drop role ${role};`);
  }
}

const APPLIED = 'select name from awe_migration order by name';

const FOLDER = join(import.meta.dirname, '../../src/ledger/migrations');
const NAMES = (await readdir(FOLDER)).map((file) => file.replace(/\.sql$/, '')).sort();
const MIGRATED = NAMES.map((name) => `migrated the database to ${name}`);

describe('migrating', () => {
  it('an empty database brings the schema, a second time nothing', async () => {
    expect(await migrated(empty.url)).toEqual(MIGRATED);
    expect(await query('select count(*) from approval_request')).toEqual([{ count: 0 }]);
    expect(await migrated(empty.url)).toEqual([]);
  });

  it('from five processes at once succeeds in all, and happens once', async () => {
    const logs = await Promise.all([1, 2, 3, 4, 5].map(() => migrated(empty.url)));
    const done = logs.flat().filter((line) => line.startsWith('migrated'));
    expect(done).toEqual(MIGRATED);
    expect(await query(APPLIED)).toEqual(NAMES.map((name) => ({ name })));
  });

  it('waits for another process, and says so', async () => {
    const other = openFresh(empty, 1);
    const holder = await other.pool.connect();
    await holder.query('begin');
    await holder.query('select pg_advisory_xact_lock(4021337207)');
    const database = openDatabase({ ...settings, url: empty.url });
    let done = Promise.resolve();
    const said = new Promise((resolve) => {
      done = migrate(database, resolve);
    });
    expect(await said).toBe('another process is migrating the database; waiting for it');
    await holder.query('commit');
    holder.release();
    await done;
    expect(await query(APPLIED)).toEqual(NAMES.map((name) => ({ name })));
    await other.close();
    await database.close();
  });

  it('a migrated database needs no right to create', async () => {
    await migrated(empty.url);
    await asUserOfTables((url) => expect(migrated(url)).resolves.toEqual([]));
  });

  it('does not take a table of another schema for its own', async () => {
    await query('create schema other; create table other.awe_migration (name text)');
    expect(await migrated(empty.url)).toEqual(MIGRATED);
  });
});

describe('migrations of a folder', () => {
  let folder: URL;

  const put = (name: string, text: string) => writeFile(new URL(name, folder), text);

  beforeAll(async () => {
    folder = pathToFileURL(`${await mkdtemp(join(tmpdir(), 'awe-migrations-'))}/`);
    await put('0001_one.sql', 'create table one (id integer); create table uno (id integer);');
    await put('README.md', 'not a migration');
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('that fail leave nothing behind, name what is wrong, and can be tried again', async () => {
    await put('0002_two.sql', 'create table two (id integer); create table one (id integer);');
    await expect(migrated(empty.url, folder)).rejects.toThrow(
      /^The database ".*" at .* could not be migrated: relation "one" already exists$/,
    );
    expect(await query(`select to_regclass('one') as one, to_regclass('two') as two`)).toEqual([
      { one: null, two: null },
    ]);
    await put('0002_two.sql', 'create table two (id integer);');
    expect(await migrated(empty.url, folder)).toEqual([
      'migrated the database to 0001_one',
      'migrated the database to 0002_two',
    ]);
  });

  it('that this build does not know stop the start', async () => {
    await migrated(empty.url, folder);
    const failure = migrated(empty.url);
    await expect(failure).rejects.toBeInstanceOf(StartFailure);
    await expect(failure).rejects.toThrow(
      new RegExp(
        `was migrated by a newer AWE: it has 0001_one, 0002_two, and this build goes up to ${NAMES.at(-1)}\\. Start the newer build\\.$`,
      ),
    );
  });
});

describe('a database that cannot be used', () => {
  it('out of reach', async () => {
    await expect(migrated('postgres://awe:hidden@127.0.0.1:1/approvals')).rejects.toThrow(
      'The database "approvals" at 127.0.0.1, port 1, as "awe" cannot be reached (connect ECONNREFUSED 127.0.0.1:1): check that it runs and that DATABASE_URL is right.',
    );
  });

  it('out of reach at every address of its name', async () => {
    await expect(migrated('postgres://awe@localhost:1/approvals')).rejects.toThrow(
      /cannot be reached \(connect ECONNREFUSED .*:1\)/,
    );
  });

  it('missing', async () => {
    await expect(migrated(`${empty.url.replace(/\/awe_test_[^?]*/, '/awe_nowhere')}`)).rejects.toThrow(
      /^The database "awe_nowhere" at .* does not exist: create it, or correct DATABASE_URL\.$/,
    );
  });

  it('read-only', async () => {
    await query(`do $$ begin
      execute format('alter database %I set default_transaction_read_only = on', current_database());
    end $$`);
    await expect(migrated(empty.url)).rejects.toThrow(
      /cannot be used: it is read-only; point DATABASE_URL at the primary\.$/,
    );
  });

  it('not ours to change', async () => {
    await asUserOfTables((url) =>
      expect(migrated(url)).rejects.toThrow(
        /needs migrating, and this user may not create tables in the schema public: grant it "create" there, or run "awe migrate" as the owner\.$/,
      ),
    );
  });

  it('too old, or unable to hold every name', () => {
    const good = { number: 140_000, version: '14.0', encoding: 'UTF8', read_only: false };
    expect(unsupportedServer(good)).toBeNull();
    expect(unsupportedServer({ ...good, number: 130_014, version: '13.14' })).toBe(
      'AWE needs PostgreSQL 14 or newer, and this one is 13.14; upgrade it or point DATABASE_URL at another',
    );
    expect(unsupportedServer({ ...good, encoding: 'LATIN1' })).toMatch(
      /^AWE needs the encoding UTF8, and it has LATIN1/,
    );
  });
});
