import { setTimeout as delay } from 'node:timers/promises';

/**
 * The receivers that are left alone, as this process knows them. It is the one who claims, takes and attempts by it, so
 * that all three agree; other replicas see a change when they look next.
 */
export type Pauses = {
  /** False until the table was read for the first time: nothing is to be sent before that. */
  known: () => boolean;
  has: (receiver: string) => boolean;
  list: () => string[];
  /** Looks now. Rejects when the database does not answer, and then what was known stands. */
  refresh: () => Promise<void>;
  /** Looks again and again, until the signal. */
  watch: (signal: AbortSignal) => Promise<void>;
};

export function createPauses(options: {
  read: () => Promise<string[]>;
  /** Between two looks; milliseconds. */
  everyMs: number;
  /** Somebody may be sent to again. */
  onResumed: () => void;
}): Pauses {
  let paused: ReadonlySet<string> | null = null;
  let asked = 0;
  let answered = 0;

  async function refresh(): Promise<void> {
    asked += 1;
    const turn = asked;
    const names = new Set(await options.read());
    // An answer that was overtaken by a later look's is older than what is known.
    if (turn < answered) return;
    answered = turn;
    const before = paused;
    paused = names;
    if (before !== null && [...before].some((name) => !names.has(name))) options.onResumed();
  }

  return {
    known: () => paused !== null,
    has: (receiver) => paused === null || paused.has(receiver),
    list: () => [...(paused ?? [])],
    refresh,
    async watch(signal) {
      while (!signal.aborted) {
        await delay(options.everyMs, undefined, { signal }).catch(() => {});
        // While the database is away the claims say so.
        if (!signal.aborted) await refresh().catch(() => {});
      }
    },
  };
}
