import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedFailure } from './embedded-failure.ts';
import { run } from './run-as.ts';

const LOOK_AGAIN_MS = 20;

/** How a postmaster is asked to end, and how long it gets: fast, then immediate, then not asked at all. */
export const ENDINGS = [
  { signal: 'SIGINT', patienceMs: 15_000 },
  { signal: 'SIGQUIT', patienceMs: 5_000 },
  { signal: 'SIGKILL', patienceMs: 5_000 },
] as const;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const args = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return args.replaceAll('\0', ' ');
  }
  return run('ps', ['-ww', '-o', 'args=', '-p', String(pid)], null).then(
    ({ output }) => output,
    () => '',
  );
}

/**
 * A pid alone proves nothing: it may have been given to another process, or belong to the server of a copied directory.
 * A postmaster stands in its data directory; where that may not be seen (root in a container), its arguments tell.
 */
async function isPostmasterOf(data: string, real: string, pid: number): Promise<boolean> {
  const standsIn = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  if (standsIn !== null) return standsIn === real;
  return (await commandLine(pid)).includes(` -D ${data} `);
}

async function hasGone(data: string, real: string, pid: number, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += LOOK_AGAIN_MS) {
    if (!isAlive(pid) || !(await isPostmasterOf(data, real, pid))) return true;
    await delay(LOOK_AGAIN_MS);
  }
  return false;
}

/**
 * Clears the way for a new postmaster: stops the one that a killed service left behind, and removes a lock file whose pid is
 * somebody else's, which PostgreSQL itself would take for a living rival. Only the area's owner may call this.
 * Throws `server_failed` when the old one cannot be ended.
 */
export async function clearOrphan(data: string, log: (line: string) => void): Promise<void> {
  // An operator may have moved the data to another disk and left a link.
  const real = await realpath(data).catch(() => data);
  const lockFile = join(data, 'postmaster.pid');
  const content = await readFile(lockFile, 'utf8').catch(() => '');
  const pid = Number.parseInt(content, 10);
  if (!(pid > 0) || !isAlive(pid)) return;
  if (!(await isPostmasterOf(data, real, pid))) {
    log(`Removing a stale lock file of PostgreSQL: its pid ${pid} is another process now`);
    await rm(lockFile, { force: true });
    return;
  }
  log(`Stopping the PostgreSQL (pid ${pid}) that an earlier AWE left running`);
  for (const { signal, patienceMs } of ENDINGS) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone in the meantime, or not ours to end: the wait tells which.
    }
    if (await hasGone(data, real, pid, patienceMs)) return;
  }
  throw new EmbeddedFailure(
    'server_failed',
    `An earlier PostgreSQL (pid ${pid}) still uses ${data} and does not end: end it by hand.`,
  );
}
