import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../src/main.ts');

/** The register as it is run: a process of its own, on any free port. */
export type RegisterProcess = {
  url: string;
  /** Resolves when it is gone; with SIGKILL it is told nothing. */
  end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<number | null>;
};

export async function startRegister(env: Record<string, string>): Promise<RegisterProcess> {
  const child = spawn(process.execPath, ['--conditions=awe-source', MAIN], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', REGISTER_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return {
    url: await addressOf(child),
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}

/** @throws Error with what it printed, when it ends before it is up */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        printed += chunk;
        const url = /The register is at (\S+)/.exec(printed)?.[1];
        if (url) resolve(url);
      });
    }
    child.once('exit', () => reject(new Error(`the register ended before it was up: ${printed}`)));
  });
}
