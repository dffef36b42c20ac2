import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

const TICKS_PER_SECOND = 100;
const SAMPLE_EVERY_MS = 200;

/**
 * CPU seconds between a start and a stop, of the servers, of all of PostgreSQL and of the bench itself, and the servers'
 * memory in MB (the largest of them). From /proc, so on Linux only; null elsewhere, and for a PostgreSQL on another machine.
 */
export type Usage = {
  serverCpuSeconds: number | null;
  databaseCpuSeconds: number | null;
  benchCpuSeconds: number;
  memoryPeakMb: number | null;
  memoryAfterMb: number | null;
};

export type Meter = { stop: () => Promise<Usage> };

/** Measures from now on. `serverPids`: the service processes; `databaseUrl`: any database of the server that is measured. */
export async function startMeter(serverPids: readonly number[], databaseUrl: string): Promise<Meter> {
  const postmaster = await postmasterPid(databaseUrl);
  const databaseCpu = async () => (postmaster === null ? null : cpuSeconds(await family(postmaster)));
  const before = {
    server: await cpuSeconds(serverPids),
    database: await databaseCpu(),
    bench: process.cpuUsage(),
  };
  let peak: number | null = null;
  const sample = async () => {
    const each = await Promise.all(serverPids.map(memoryMb));
    const largest = each.reduce((most, mb) => (mb === null ? most : Math.max(most ?? 0, mb)), null);
    peak = largest === null ? peak : Math.max(peak ?? 0, largest);
    return largest;
  };
  const timer = setInterval(() => void sample(), SAMPLE_EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      const { user, system } = process.cpuUsage(before.bench);
      const [server, database] = [await cpuSeconds(serverPids), await databaseCpu()];
      const memoryAfterMb = await sample();
      return {
        serverCpuSeconds: minus(server, before.server),
        databaseCpuSeconds: minus(database, before.database),
        benchCpuSeconds: (user + system) / 1e6,
        memoryPeakMb: peak,
        memoryAfterMb,
      };
    },
  };
}

/** Two measurements of the same thing, one after the other, as one. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {
    serverCpuSeconds: plus(one.serverCpuSeconds, other.serverCpuSeconds),
    databaseCpuSeconds: plus(one.databaseCpuSeconds, other.databaseCpuSeconds),
    benchCpuSeconds: one.benchCpuSeconds + other.benchCpuSeconds,
    memoryPeakMb: greater(one.memoryPeakMb, other.memoryPeakMb),
    memoryAfterMb: other.memoryAfterMb,
  };
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function greater(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

/** The fields of /proc/<pid>/stat after the name, which may itself hold blanks: state, parent, …; empty when it is gone. */
async function statOf(pid: number): Promise<string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** CPU seconds so far, with those of children that have ended; null when the first of them cannot be read. */
async function cpuSeconds(pids: readonly number[]): Promise<number | null> {
  const stats = await Promise.all(pids.map(statOf));
  if (stats[0] === undefined || stats[0].length === 0) return null;
  // utime, stime, cutime, cstime. One that ended meanwhile is in its parent's figures by now.
  const ticks = stats.map((fields) => [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0));
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
}

/** `pid` and the processes whose parent it is. */
async function family(pid: number): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(async (each) => Number((await statOf(each))[1])));
  return [pid, ...pids.filter((_, i) => parents[i] === pid)];
}

async function memoryMb(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kb = /VmRSS:\s+(\d+)/.exec(status)?.[1];
  return kb === undefined ? null : Math.round(Number(kb) / 1024);
}

/** The postmaster behind a URL when it runs on this machine, else null. */
async function postmasterPid(url: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number; name: string }>(
      `select pg_backend_pid() as pid, current_database() as name`,
    );
    const title = await readFile(`/proc/${rows[0]?.pid}/cmdline`, 'utf8').catch(() => '');
    // A pid of another machine may be anybody's here: PostgreSQL writes the database into its process title.
    if (!title.startsWith('postgres') || !title.includes(rows[0]?.name ?? '')) return null;
    return Number((await statOf(rows[0]?.pid ?? 0))[1]) || null;
  } finally {
    await client.end();
  }
}
