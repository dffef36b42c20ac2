import { type Instant, secondsAfter } from '@awe/engine/instant';
import { createAlarm } from '../alarm.ts';
import type { Clock } from '../clock.ts';

/** Forgets what need not be kept: idempotency keys past their retention. */
export type Retention = { start: () => void; runDue: () => Promise<number>; stop: () => Promise<void> };

export type RetentionOptions = {
  clock: Clock;
  retentionDays: number;
  purgeKeys: (before: Instant) => Promise<number>;
  log: { error: (detail: object, message: string) => void };
};

const SECONDS_PER_DAY = 86_400;
const PAUSE_MS = 3_600_000;

export function createRetention({ clock, retentionDays, purgeKeys, log }: RetentionOptions): Retention {
  const alarm = createAlarm();
  let stopped = false;
  let loop: Promise<void> = Promise.resolve();
  const runDue = () => purgeKeys(secondsAfter(clock.now(), -retentionDays * SECONDS_PER_DAY));
  const run = async () => {
    while (!stopped) {
      await runDue().catch((error: unknown) =>
        log.error({ err: error }, 'old idempotency keys could not be removed; it is tried again in an hour'),
      );
      if (!stopped) await alarm.sleep(PAUSE_MS);
    }
  };
  return {
    start: () => {
      loop = run();
    },
    runDue,
    stop: async () => {
      stopped = true;
      alarm.ring();
      await loop;
    },
  };
}
