import { spawn } from 'node:child_process';

/** An unprivileged account. Where it is `null`, programs run as the user we are. */
export type Account = { name: string; uid: number; gid: number };

/**
 * All that PostgreSQL's programs get to see: settings of ours must not show up in the processes of another account,
 * and the operator's PG* variables must not reach in.
 */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'] as const;
  const environment: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** Who a child is and where it stands: never in our own working directory, which the account may not be able to enter. */
export function asAccount(account: Account | null) {
  const identity = account === null ? {} : { uid: account.uid, gid: account.gid };
  return { ...identity, cwd: '/', env: serverEnvironment() };
}

/** Runs a program to its end. Rejects when it cannot be started (`ENOENT`, `EACCES`, `EPERM`); `output` is both streams. */
export function run(
  program: string,
  args: readonly string[],
  account: Account | null,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...asAccount(account), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
