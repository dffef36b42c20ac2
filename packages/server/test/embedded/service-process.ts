import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

/** Who a test's processes are: us, or somebody we can be because we are root. */
export type User = { name: string; uid: number; gid: number };

export type Told = { line: string } | { url: string } | { code: string; message: string };

const SCRIPT = join(import.meta.dirname, 'service.ts');
const NOBODY = 65534;

function self(): User {
  const uid = process.getuid?.() ?? -1;
  return { name: uid === 0 ? 'root' : 'an ordinary user', uid, gid: process.getgid?.() ?? -1 };
}

/** A child of ours that stands in `/`, whoever it is. */
export function spawnAs(user: User, program: string, args: readonly string[]): ChildProcess {
  return spawn(program, args, {
    cwd: '/',
    uid: user.uid,
    gid: user.gid,
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

async function canRunUs(user: User): Promise<boolean> {
  const child = spawnAs(user, process.execPath, [
    '-e',
    'require("node:fs").accessSync(process.argv[1])',
    SCRIPT,
  ]);
  const outcome = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
  return outcome;
}

/** Root can be two kinds of user, if the other can read this checkout; anybody else is one. */
export async function usersToTry(): Promise<User[]> {
  const me = self();
  if (me.uid !== 0) return [me];
  const nobody = { name: 'an ordinary user', uid: NOBODY, gid: NOBODY };
  return (await canRunUs(nobody)) ? [me, nobody] : [me];
}

export type Service = {
  pid: number;
  /** All it has told so far. */
  told: Told[];
  /** The first thing told that is `wanted`, waiting for it if need be; rejects when the service ends without it. */
  heard<T extends Told>(wanted: (what: Told) => what is T): Promise<T>;
  log(pattern: RegExp): Promise<string>;
  url(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<number | null>;
};

/** What a start comes to. */
export const isOutcome = (what: Told): what is { url: string } | { code: string; message: string } =>
  !('line' in what);
const isUrl = (what: Told): what is { url: string } => 'url' in what;
const isFailure = (what: Told): what is { code: string; message: string } => 'code' in what;

/** Runs a service as a user. `script` is another checkout's. */
export function runService(user: User, directory: string, shared: string, script = SCRIPT): Service {
  const child = spawnAs(user, process.execPath, [script, directory, shared]);
  const told: Told[] = [];
  const waiting = new Set<() => void>();
  const lines = createInterface({ input: child.stdout! });
  let over = false;
  lines.on('line', (line) => {
    told.push(JSON.parse(line));
    for (const look of waiting) look();
  });
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(() => {
    over = true;
    for (const look of waiting) look();
    return child.exitCode;
  });
  const heard = <T extends Told>(wanted: (what: Told) => what is T) =>
    new Promise<T>((resolve, reject) => {
      const look = () => {
        const found = told.find(wanted);
        if (found === undefined && !over) return;
        waiting.delete(look);
        if (found === undefined)
          reject(new Error(`The service ended, having told only ${JSON.stringify(told)}`));
        else resolve(found);
      };
      waiting.add(look);
      look();
    });
  return {
    pid: child.pid!,
    told,
    heard,
    log: (pattern) =>
      heard((what): what is { line: string } => 'line' in what && pattern.test(what.line)).then(
        ({ line }) => line,
      ),
    url: () => heard(isUrl).then(({ url }) => url),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

/** What a service that cannot start says; its exit code is in `exit`. */
export async function failureOf(
  service: Service,
): Promise<{ code: string; message: string; exit: number | null }> {
  const failure = await service.heard(isFailure);
  return { ...failure, exit: await service.ended };
}

export async function stopService(service: Service): Promise<number | null> {
  service.kill('SIGTERM');
  return service.ended;
}

export async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** A directory of the user's own; the mode says who else can enter. */
export async function directoryOf(user: User, mode: number): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'awe-test-')));
  await chown(directory, user.uid, user.gid);
  await chmod(directory, mode);
  return directory;
}
