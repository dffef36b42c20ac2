import { type Instant, secondsAfter } from '@awe/engine/instant';
import { createAlarm } from '../alarm.ts';
import type { Clock } from '../clock.ts';

/** Removes what need not be kept. Every replica does; the statements keep them apart. */
export type Retention = { start: () => void; runDue: () => Promise<number>; stop: () => Promise<void> };

/** One kind of thing that is removed once it is so many days old. 0 days: never. */
export type Kept = {
  what: string;
  days: number;
  /** Removes what is older than `before` until there is none left or `signal` says to stop; how many it removed. */
  remove: (before: Instant, signal: AbortSignal) => Promise<number>;
};

export type RetentionOptions = {
  clock: Pick<Clock, 'now'>;
  kept: readonly Kept[];
  log: {
    info: (detail: object, message: string) => void;
    error: (detail: object, message: string) => void;
  };
};

const SECONDS_PER_DAY = 86_400;
const PAUSE_MS = 3_600_000;

export function createRetention({ clock, kept, log }: RetentionOptions): Retention {
  const alarm = createAlarm();
  const stopping = new AbortController();
  let loop: Promise<void> = Promise.resolve();

  async function removeOld({ what, days, remove }: Kept): Promise<number> {
    const before = secondsAfter(clock.now(), -days * SECONDS_PER_DAY);
    try {
      const removed = await remove(before, stopping.signal);
      if (removed > 0)
        log.info({ removed, before }, `${what} past their retention of ${days} days are removed`);
      return removed;
    } catch (error) {
      log.error(
        { err: error },
        `${what} past their retention could not be removed; it is tried again in an hour`,
      );
      return 0;
    }
  }

  async function runDue(): Promise<number> {
    let removed = 0;
    for (const each of kept) if (each.days > 0 && !stopping.signal.aborted) removed += await removeOld(each);
    return removed;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await runDue();
      if (!stopping.signal.aborted) await alarm.sleep(PAUSE_MS);
    }
  }

  return {
    start: () => {
      loop = run();
    },
    runDue,
    stop: async () => {
      stopping.abort();
      alarm.ring();
      await loop;
    },
  };
}
