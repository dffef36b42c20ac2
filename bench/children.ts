import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';

/** Every process that the bench started and that still runs: none of them outlives it. */
const running = new Set<ChildProcess>();

process.on('exit', killChildren);

export function killChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}

function own<Child extends ChildProcess>(child: Child): Child {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

export function spawnOwned(file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return own(spawn(file, args, options));
}

/** Runs a program to its end and gives what it printed. Rejects with its own words when it fails or takes too long. */
export function runOwned(
  file: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; timeout: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { ...options, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${file} failed: ${stderr.trim().slice(-2000) || error.message}`));
      else resolve(stdout);
    });
    own(child);
  });
}
