import { setTimeout as delay } from 'node:timers/promises';

/** When a round has to be over. `what` is awaited in words, so that a round that is not says what it was waiting for. */
export type Deadline = {
  /** Looks until `condition` gives something; what it throws counts as not yet. Rejects at the deadline. */
  until: <T>(what: string, condition: () => Promise<T | null | false> | T | null | false) => Promise<T>;
  /** Waits for `work`. Rejects as it does, or at the deadline. */
  within: <T>(what: string, work: Promise<T>) => Promise<T>;
};

const LOOK_AGAIN_MS = 25;

export function deadlineIn(seconds: number): Deadline {
  const end = performance.now() + seconds * 1000;
  const late = (what: string) => new Error(`Waited in vain for ${what}: the round's ${seconds} s are over.`);
  const within = async <T>(what: string, work: Promise<T>): Promise<T> => {
    const timer = new AbortController();
    const over = delay(Math.max(0, end - performance.now()), null, { signal: timer.signal });
    try {
      return await Promise.race([
        work,
        over.then(() => {
          throw late(what);
        }),
      ]);
    } finally {
      over.catch(() => {});
      timer.abort();
    }
  };
  const until: Deadline['until'] = async (what, condition) => {
    let last: unknown = null;
    while (performance.now() < end) {
      const look = Promise.resolve()
        .then(condition)
        .catch((error: unknown) => {
          last = error;
          return null;
        });
      const found = await within(what, look);
      if (found !== null && found !== false) return found;
      await delay(LOOK_AGAIN_MS);
    }
    throw new Error(`${late(what).message}${last instanceof Error ? ` Last: ${last.message}` : ''}`);
  };
  return { until, within };
}
