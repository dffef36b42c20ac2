import type { Resolve } from './connect.ts';

/** libuv's own default. */
const THREADS = 4;
/** For files and the database's address, which need a thread too. */
const LEFT_FREE = 2;

/** How many system lookups may run at once: each occupies one of the process's few threads until it is answered. */
export function lookupsAtOnce(env: Record<string, string | undefined>): number {
  return Math.max(1, (Number(env.UV_THREADPOOL_SIZE) || THREADS) - LEFT_FREE);
}

/**
 * Lets at most `most` lookups run at once, so that names whose servers never answer do not stop the process: the rest
 * wait their turn. A lookup whose turn comes after `patienceMs` is not made, because whoever wanted it has given up.
 */
export function gatedResolve(resolve: Resolve, most: number, patienceMs: number): Resolve {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (hostname) => {
    if (running < most) running++;
    else await turn(hostname);
    try {
      return await resolve(hostname);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };

  /** The one before hands over its place, so that `running` stays as it is. */
  async function turn(hostname: string): Promise<void> {
    const since = performance.now();
    await new Promise<void>((resolved) => waiting.push(resolved));
    if (performance.now() - since <= patienceMs) return;
    const next = waiting.shift();
    if (next) next();
    else running--;
    throw new Error(`${hostname} was not looked up: name servers are too slow`);
  }
}
