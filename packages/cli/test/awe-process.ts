import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

export const AWE = join(import.meta.dirname, '../src/awe.ts');

export type AweProcess = {
  process: ChildProcess;
  /** Resolves with everything once the process has ended. */
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
};

/** Runs a program as a process of its own, with the Node of this run first on its path. */
export function startProcess(
  program: string,
  args: readonly string[],
  { cwd, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): AweProcess {
  const child = spawn(program, args, {
    ...(cwd !== undefined && { cwd }),
    env: { HOME: process.env.HOME, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]).then(
    ([stdout, stderr, [code]]) => ({ code, stdout, stderr }),
  );
  return { process: child, ended };
}

/** Resolves once standard output has said `words`; rejects with everything it said when it ends before. */
export function hasSaid({ process: child, ended }: AweProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes(words)) resolve();
    });
    void ended.then(({ stdout, stderr }) =>
      reject(new Error(`it ended without "${words}": ${stdout}${stderr}`)),
    );
  });
}
