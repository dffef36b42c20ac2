import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

/** The service as an operator runs it: a process of its own, known by what it prints, answers and exits with. */
export type ServiceProcess = {
  process: ChildProcess;
  /** Resolves with the service's address once it is up; rejects with what it printed when it ends before. */
  up: Promise<string>;
  /** Resolves with the exit code and everything printed on standard error. */
  ended: Promise<{ code: number | null; stderr: string }>;
};

/** Starts `main.ts` in `directory`, on any free port unless `env` says otherwise. */
export function startProcess(directory: string, env: Record<string, string>): ServiceProcess {
  const child = spawn(process.execPath, [MAIN], {
    cwd: directory,
    // In production the portal is served as it is: nothing is built beside what a test measures or breaks.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      AWE__SERVER__PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stderr = text(child.stderr);
  const ended = once(child, 'exit').then(async ([code]) => ({
    code: code as number | null,
    stderr: await stderr,
  }));
  const up = new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      const url = /"url":"([^"]+)","msg":"AWE is up/.exec(printed)?.[1];
      if (url) resolve(url);
    });
    void ended.then(({ stderr: said }) => reject(new Error(`the service ended before it was up: ${said}`)));
  });
  // Whoever only waits for the end must not be told of it twice.
  up.catch(() => undefined);
  return { process: child, up, ended };
}

/** Asks until the health probe answers `status`; each question waits for its answer, so that no time is guessed. */
export async function healthBecomes(url: string, status: number): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/v1/awe/health`);
    await response.arrayBuffer();
    if (response.status === status) return;
  }
}
