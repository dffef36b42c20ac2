import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { type Area, SOCKET_PORT } from './area.ts';
import type { Binaries } from './binaries.ts';
import { complaint, EmbeddedFailure, embeddedFailure } from './embedded-failure.ts';
import { leash } from './leash.ts';
import { clearOrphan, ENDINGS } from './orphan.ts';
import { readiness } from './readiness.ts';
import { type Account, asAccount } from './run-as.ts';
import { openServerLog, type ServerLog } from './server-log.ts';

/** All it takes to run the server of one area, the same at each restart. `settings` are PostgreSQL's, and final. */
export type Plan = {
  area: Area;
  binaries: Binaries;
  account: Account | null;
  socketDirectory: string;
  settings: Readonly<Record<string, string>>;
  log: (line: string) => void;
};

/** A server that answers. `ended` resolves when its process is gone, with a phrase for what it died of. */
export type Postmaster = {
  pid: number;
  ended: Promise<string>;
  trimLog(): Promise<void>;
  stop(): Promise<void>;
};

const ASK_AGAIN_MS = 15;
const STILL_STARTING_MS = 10_000;
/** The socket is there before recovery begins; without it for this long, it has been taken away. */
const SILENCE_MS = 30_000;
/** Processes of a killed postmaster notice within moments; until then its shared memory is in use. */
const RELICS = /pre-existing shared memory block/;
const RELICS_PATIENCE_MS = 15_000;
const RELICS_LOOK_AGAIN_MS = 100;

function commandLine({ area, socketDirectory, settings }: Plan): string[] {
  const fixed = {
    listen_addresses: '',
    port: String(SOCKET_PORT),
    // The setting is a list; quotes keep a comma in a path from splitting it.
    unix_socket_directories: `"${socketDirectory.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    log_destination: 'stderr',
    logging_collector: 'off',
    ...settings,
  };
  return ['-D', area.data, ...Object.entries(fixed).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

function end(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  for (const { signal, patienceMs } of ENDINGS) {
    child.kill(signal);
    const timer = new AbortController();
    const late = delay(patienceMs, 'late', { signal: timer.signal }).catch(() => 'late');
    const outcome = await Promise.race([ended.then(() => 'ended'), late]);
    timer.abort();
    if (outcome === 'ended') return;
  }
}

/**
 * `true` when the server answers, `false` when it has ended before that. However long recovery takes, it is waited for.
 * Throws what the server objects to, or that nobody is behind its socket.
 */
async function answers(plan: Plan, ended: Promise<string>, signal: AbortSignal): Promise<boolean> {
  let alive = true;
  void ended.then(() => {
    alive = false;
  });
  let silentSince = performance.now();
  let noticeAt = performance.now() + STILL_STARTING_MS;
  while (alive && !signal.aborted) {
    const state = await readiness(plan.socketDirectory);
    if (state === 'ready') return true;
    if (state !== 'silent') silentSince = performance.now();
    else if (performance.now() - silentSince > SILENCE_MS) {
      throw new Error(`nobody answers on its socket in ${plan.socketDirectory}`);
    }
    if (performance.now() > noticeAt) {
      plan.log(`PostgreSQL is still starting; what it does is in ${plan.area.log}`);
      noticeAt += STILL_STARTING_MS;
    }
    await Promise.race([ended, delay(ASK_AGAIN_MS)]);
  }
  return false;
}

type Try = { postmaster: Postmaster } | { ended: string; said: string };

async function tryOnce(plan: Plan, output: ServerLog, signal: AbortSignal): Promise<Try> {
  const child = spawn(plan.binaries.postgres, commandLine(plan), {
    ...asAccount(plan.account),
    stdio: ['ignore', output.fd, output.fd],
    // Its own group: Ctrl-C in a terminal is for us, and we end it when the last request is done.
    detached: true,
  });
  const ended = end(child);
  const { pid } = child;
  if (pid === undefined) return { ended: await ended, said: '' };
  const letGo = leash(plan.area.data, pid, plan.account);
  void ended.then(letGo);
  try {
    if (await answers(plan, ended, signal)) {
      const postmaster = { pid, ended, trimLog: () => output.trim(), stop: () => stop(child, ended) };
      return { postmaster };
    }
  } catch (error) {
    await stop(child, ended);
    throw embeddedFailure(error, `be used, though it is up`, plan.area.root);
  }
  await stop(child, ended);
  return { ended: await ended, said: await output.recent() };
}

/**
 * Starts the server of an area and waits until it answers, taking over from one that was left behind. Only the area's owner
 * may call this. Throws `server_failed` or `disk_full` with the server's own words, `stopped_while_starting` on `signal`.
 */
export async function launch(plan: Plan, signal: AbortSignal): Promise<Postmaster> {
  const giveUpAt = performance.now() + RELICS_PATIENCE_MS;
  for (;;) {
    await clearOrphan(plan.area.data, plan.log);
    const output = await openServerLog(plan.area.log);
    const result = await tryOnce(plan, output, signal).catch(async (error: unknown) => {
      await output.close();
      throw error;
    });
    if ('postmaster' in result) {
      void result.postmaster.ended.then(() => output.close());
      return result.postmaster;
    }
    await output.close();
    if (signal.aborted)
      throw new EmbeddedFailure('stopped_while_starting', 'Asked to stop before PostgreSQL was up.');
    if (!RELICS.test(result.said) || performance.now() > giveUpAt) {
      const words = complaint(result.said, `it ended with ${result.ended}`);
      throw embeddedFailure(`${words} (its log is ${plan.area.log})`, 'start', plan.area.root);
    }
    await delay(RELICS_LOOK_AGAIN_MS);
  }
}
