import { readdir, readFile } from 'node:fs/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { StartFailure } from '../start-failure.ts';
import type { Database } from './database.ts';
import { migrationFault, type ServerFacts, unsupportedServer } from './migration-fault.ts';

const OWN_MIGRATIONS = new URL('./migrations/', import.meta.url);
const FILE = /^\d{4}_[a-z0-9_]+\.sql$/;

/** Where the applied migrations are written down, and Kysely's own lock row. */
export const MIGRATION_TABLES = { applied: 'awe_migration', lock: 'awe_migration_lock' } as const;

/** Any number that no other user of the same database is likely to take. */
const LOCK = 4_021_337_207;

type Untyped = Record<string, Record<string, unknown>>;

/** The numbered .sql files of a folder, by name without the ending, in order. */
async function readMigrations(folder: URL): Promise<Map<string, string>> {
  const files = (await readdir(folder)).filter((file) => FILE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  return new Map(files.map((file, at) => [file.replace(/\.sql$/, ''), texts[at] ?? '']));
}

/**
 * Brings the schema up to this build, and says each step to `log`. Processes that start together wait for each other:
 * one migrates, the others find it done. Everything happens in one transaction, so that a failure leaves nothing behind.
 * Throws `StartFailure` when the database is out of reach, too old, newer than this build, or not ours to change.
 */
export async function migrate(
  database: Database,
  log: (line: string) => void,
  folder: URL = OWN_MIGRATIONS,
): Promise<void> {
  // Its own connection, because a migration, and the wait for another's, may take longer than a statement should.
  const pool = new pg.Pool({
    ...database.pool.options,
    max: 1,
    statement_timeout: undefined,
    query_timeout: undefined,
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const kysely = new Kysely<Untyped>({ dialect: new PostgresDialect({ pool }) });
  try {
    await refuseUnsupported(kysely, database.target);
    const migrations = await readMigrations(folder);
    await kysely.transaction().execute((trx) => migrateLocked(trx, migrations, database.target, log));
  } catch (error) {
    throw migrationFault(error, database.target);
  } finally {
    await pool.end();
  }
}

async function refuseUnsupported(kysely: Kysely<Untyped>, target: string): Promise<void> {
  const { rows } = await sql<ServerFacts>`
    select current_setting('server_version_num')::int as number,
           current_setting('server_version') as version,
           current_setting('server_encoding') as encoding,
           current_setting('transaction_read_only')::bool as read_only`.execute(kysely);
  const fault = rows[0] && unsupportedServer(rows[0]);
  if (fault) throw new StartFailure(`The ${target} cannot be used: ${fault}.`);
}

async function migrateLocked(
  trx: Kysely<Untyped>,
  migrations: ReadonlyMap<string, string>,
  target: string,
  log: (line: string) => void,
): Promise<void> {
  // A lock of the transaction: it goes with it, whatever happens, and works through a pooler that shares sessions.
  const tried = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as got`.execute(trx);
  if (tried.rows[0]?.got !== true) {
    log('another process is migrating the database; waiting for it');
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
  }
  const applied = await readApplied(trx);
  refuseNewer(applied, migrations, target);
  if (applied.length === migrations.size) return;
  const schema = await schemaToChange(trx, target);
  let cause: unknown = null;
  const migrator = new Migrator({
    db: trx,
    provider: { getMigrations: async () => asKysely(migrations, (error) => (cause ??= error)) },
    migrationTableName: MIGRATION_TABLES.applied,
    migrationLockTableName: MIGRATION_TABLES.lock,
    // Else Kysely takes a table of this name in any other schema for ours.
    migrationTableSchema: schema,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw cause ?? error;
  for (const { migrationName } of results ?? []) log(`migrated the database to ${migrationName}`);
}

async function readApplied(trx: Kysely<Untyped>): Promise<string[]> {
  const found = await sql<{ found: boolean }>`
    select to_regclass(${MIGRATION_TABLES.applied}) is not null as found`.execute(trx);
  if (found.rows[0]?.found !== true) return [];
  const applied = await sql<{ name: string }>`
    select name from ${sql.table(MIGRATION_TABLES.applied)} order by name`.execute(trx);
  return applied.rows.map((row) => row.name);
}

function refuseNewer(
  applied: readonly string[],
  migrations: ReadonlyMap<string, string>,
  target: string,
): void {
  const unknown = applied.filter((name) => !migrations.has(name));
  if (unknown.length === 0) return;
  const known = [...migrations.keys()].at(-1) ?? 'none';
  throw new StartFailure(
    `The ${target} was migrated by a newer AWE: it has ${unknown.join(', ')}, and this build goes up to ${known}. Start the newer build.`,
  );
}

/** Asked before there is anything to fail: an error would spoil the transaction that Kysely then goes on to use. */
async function schemaToChange(trx: Kysely<Untyped>, target: string): Promise<string> {
  const { rows } = await sql<{ name: string | null; may_create: boolean | null }>`
    select current_schema() as name, has_schema_privilege(current_schema(), 'create') as may_create`.execute(
    trx,
  );
  const { name = null, may_create = null } = rows[0] ?? {};
  if (name !== null && may_create === true) return name;
  throw new StartFailure(
    `The ${target} needs migrating, and this user may not create tables in the schema ${name ?? 'public'}: grant it "create" there, or run "awe migrate" as the owner.`,
  );
}

/** A failing migration is rolled back to where it began, so that Kysely can still release its lock in the transaction. */
function asKysely(
  migrations: ReadonlyMap<string, string>,
  onFailure: (error: unknown) => void,
): Record<string, Migration> {
  const up = (text: string) => async (trx: Kysely<unknown>) => {
    await sql`savepoint migration`.execute(trx);
    try {
      // Without parameters PostgreSQL takes the whole file as one simple query.
      await sql.raw(text).execute(trx);
      await sql`release savepoint migration`.execute(trx);
    } catch (error) {
      onFailure(error);
      await sql`rollback to savepoint migration`.execute(trx);
      throw error;
    }
  };
  return Object.fromEntries([...migrations].map(([name, text]) => [name, { up: up(text) }]));
}
