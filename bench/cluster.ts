import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../packages/server/src/embedded/start.ts';

/** The PostgreSQL that is measured: `DATABASE_URL`, or the embedded one with full durability in a temporary directory. */
export type Cluster = {
  /** A URL of a new, empty database. */
  newDatabase: () => Promise<string>;
  description: string;
  stop: () => Promise<void>;
};

export async function startCluster(env: Record<string, string | undefined>): Promise<Cluster> {
  if (env.DATABASE_URL) return clusterAt(env.DATABASE_URL, async () => {});
  const directory = await mkdtemp(join(tmpdir(), 'awe-bench-'));
  const embedded = await startEmbedded({ directory, log: () => {} });
  return clusterAt(embedded.url, async () => {
    await embedded.stop();
    await rm(directory, { recursive: true, force: true });
  });
}

async function clusterAt(url: string, stop: () => Promise<void>): Promise<Cluster> {
  const made: string[] = [];
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const { rows } = await admin(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync,
            current_setting('shared_buffers') as buffers, current_setting('synchronous_commit') as sync`,
  );
  const [{ version, fsync, buffers, sync }] = rows;
  return {
    description: `PostgreSQL ${version}, fsync ${fsync}, synchronous_commit ${sync}, shared_buffers ${buffers}`,
    newDatabase: async () => {
      const name = `awe_bench_${process.pid}_${made.length}`;
      await admin(`create database ${name}`);
      made.push(name);
      const path = new URL(url);
      path.pathname = `/${name}`;
      return path.href;
    },
    stop: async () => {
      for (const name of made) await admin(`drop database if exists ${name} with (force)`);
      await stop();
    },
  };
}

/** CPU seconds used so far by a process and, for PostgreSQL, its children; from /proc, so on Linux only (else null). */
export async function cpuSeconds(pids: readonly number[]): Promise<number | null> {
  const ticks = 100;
  let total = 0;
  try {
    for (const pid of pids) {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // utime, stime and those of children that have ended
      total += [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) / ticks;
    }
    return total;
  } catch {
    return null;
  }
}

/** The processes whose parent is `pid`, and `pid` itself. */
export async function family(pid: number): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const children: number[] = [];
  for (const each of pids) {
    const stat = await readFile(`/proc/${each}/stat`, 'utf8').catch(() => '');
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid) children.push(each);
  }
  return [pid, ...children];
}

/** Resident memory of a process in MB, or null where /proc does not say. */
export async function memoryMb(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kb = /VmRSS:\s+(\d+)/.exec(status)?.[1];
  return kb === undefined ? null : Math.round(Number(kb) / 1024);
}

