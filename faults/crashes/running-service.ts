import { startProcess } from '../../packages/server/test/process/service-process.ts';

export type Ended = { code: number | null; stderr: string };

/** One life of a service process. */
export type RunningService = {
  /** Null until it serves. */
  url: string | null;
  /** JSON lines of its log so far. */
  log: () => string;
  isRunning: () => boolean;
  kill: (signal: NodeJS.Signals) => void;
  ended: Promise<Ended>;
};

const alive = new Set<() => void>();
process.on('exit', () => {
  for (const kill of alive) kill();
});

/** Starts the service in `directory`. `up` resolves when it serves, and rejects with what it said when it ends before. */
export function startRunningService(
  directory: string,
  env: Record<string, string>,
): { life: RunningService; up: Promise<void> } {
  const { process: child, up, ended } = startProcess(directory, env);
  const log: string[] = [];
  child.stdout?.on('data', (chunk: Buffer | string) => log.push(String(chunk)));
  const kill = () => void child.kill('SIGKILL');
  alive.add(kill);
  void ended.then(() => alive.delete(kill));
  const life: RunningService = {
    url: null,
    log: () => log.join(''),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: (signal) => void child.kill(signal),
    ended,
  };
  const served = up.then((url) => {
    life.url = url;
  });
  return { life, up: served };
}
