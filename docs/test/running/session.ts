import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Ran = { code: number; output: string };

/** One shell for a page: what a block sets, the next ones find. Standard output and error are one, as on a terminal. */
export type Session = {
  /** Runs a block and resolves with what it printed; its first failing command ends it. */
  run: (script: string) => Promise<Ran>;
  /** Starts a block beside the others, as in a second terminal. */
  stay: (script: string) => Staying;
  close: () => Promise<void>;
};

/** A program that goes on; `printed` grows. */
export type Staying = { printed: () => string; more: () => Promise<void>; ended: () => boolean };

const MARK = 'end of block';

export function openSession(directory: string, env: Record<string, string | undefined>): Session {
  const shell = spawn('bash', ['--noprofile', '--norc'], { cwd: directory, env, detached: true });
  const staying: ChildProcess[] = [];
  const output = follow(shell);
  let number = 0;
  shell.stdin.write('exec 2>&1\nset -o pipefail\n');

  return {
    run: async (script) => {
      number += 1;
      const file = join(directory, `.block-${number}.sh`);
      await writeFile(file, `${script}\n`);
      const from = output.printed().length;
      // A subshell would forget what the block sets; `-e` ends the shell itself, which is told by its exit code.
      shell.stdin.write(`set -e; source ${file}; set +e; printf '\\n${MARK} %s\\n' ${number}\n`);
      const end = `\n${MARK} ${number}\n`;
      while (!output.printed().includes(end, from)) {
        if (output.ended()) return { code: shell.exitCode ?? 1, output: output.printed().slice(from) };
        await output.more();
      }
      return { code: 0, output: output.printed().slice(from, output.printed().indexOf(end, from)) };
    },
    stay: (script) => {
      const child = spawn('bash', ['-c', script], { cwd: directory, env, detached: true });
      staying.push(child);
      return follow(child);
    },
    close: async () => {
      shell.stdin.end();
      await Promise.all([shell, ...staying].map(end));
    },
  };
}

function follow(child: ChildProcess): Staying {
  let text = '';
  let over = false;
  let wake: (() => void)[] = [];
  const tell = () => {
    const woken = wake;
    wake = [];
    for (const each of woken) each();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      tell();
    });
  }
  child.once('close', () => {
    over = true;
    tell();
  });
  return {
    printed: () => text,
    ended: () => over,
    more: () => (over ? Promise.resolve() : new Promise((resolve) => wake.push(resolve))),
  };
}

/** The whole group: a shell's programs do not outlive their page. They are told to stop, so that they leave nothing behind. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'close');
  process.kill(-child.pid, 'SIGTERM');
  await ended;
}
