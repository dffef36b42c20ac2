import pg from 'pg';
import { startCluster as startPostgres } from '../packages/server/src/embedded/start.ts';
import { makeScratch, removeScratch } from './scratch.ts';

/** The PostgreSQL that is measured: `DATABASE_URL`, or the embedded one with full durability in a temporary directory. */
export type Cluster = {
  /** A URL of a new, empty database. */
  newDatabase: () => Promise<string>;
  /** Nobody may be connected to it any more, or they are thrown out. */
  dropDatabase: (url: string) => Promise<void>;
  description: string;
  /** Drops the databases that are left; may be called again. */
  stop: () => Promise<void>;
};

/** As the service starts it, but with room for the connections of the floor. */
const DURABLE = {
  durable: true,
  settings: { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', max_connections: '300' },
};

export async function startCluster(env: Record<string, string | undefined>): Promise<Cluster> {
  if (env.DATABASE_URL) return clusterAt(env.DATABASE_URL, { stop: async () => {}, dropsDatabases: true });
  const directory = await makeScratch('postgres');
  const embedded = await startPostgres({ directory, log: () => {} }, DURABLE);
  const stop = async () => {
    await embedded.stop();
    await removeScratch(directory);
  };
  return clusterAt(embedded.url, { stop, dropsDatabases: false });
}

async function clusterAt(
  url: string,
  { stop, dropsDatabases }: { stop: () => Promise<void>; dropsDatabases: boolean },
): Promise<Cluster> {
  const made = new Set<string>();
  let count = 0;
  const settings = await runSql(
    url,
    `select current_setting('server_version') as version, current_setting('fsync') as fsync,
            current_setting('shared_buffers') as buffers, current_setting('synchronous_commit') as sync`,
  );
  const { version, fsync, buffers, sync } = settings[0] ?? {};
  let stopped: Promise<void> | null = null;
  const drop = async (name: string) => {
    await runSql(url, `drop database if exists ${name} with (force)`);
    made.delete(name);
  };
  const end = async () => {
    // The embedded one goes with all its data.
    if (dropsDatabases) for (const name of made) await drop(name);
    await stop();
  };
  return {
    description: `PostgreSQL ${version}, fsync ${fsync}, synchronous_commit ${sync}, shared_buffers ${buffers}`,
    newDatabase: async () => {
      const name = `awe_bench_${process.pid}_${count}`;
      count += 1;
      made.add(name);
      await runSql(url, `create database ${name}`);
      const path = new URL(url);
      path.pathname = `/${name}`;
      return path.href;
    },
    dropDatabase: (databaseUrl) => drop(new URL(databaseUrl).pathname.slice(1)),
    stop: () => {
      stopped ??= end();
      return stopped;
    },
  };
}

/** Statements over a connection of their own; the rows of the last one. */
export async function runSql<Row extends Record<string, unknown> = Record<string, string>>(
  url: string,
  ...statements: string[]
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  // A server that is stopped under us fails the statement; by itself it is no reason to end.
  client.on('error', () => {});
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const sql of statements) rows = (await client.query<Row>(sql)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
