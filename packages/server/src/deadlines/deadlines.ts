import type { Instant } from '@awe/engine/instant';
import { secondsAfter } from '@awe/engine/instant';
import { createAlarm } from '../alarm.ts';
import type { Clock } from '../clock.ts';
import type { DueWork } from '../ledger/due.ts';

/** Watches the time: expires tasks, fires breaches, retries look-ups. Every replica does; the revision keeps them apart. */
export type Deadlines = {
  start: () => void;
  /** Acts on everything that is due now. Returns how many requests changed. */
  runDue: () => Promise<number>;
  /** Something new will be due at `at`: sleep no longer than that. */
  expect: (at: Instant) => void;
  stop: () => Promise<void>;
};

export type DeadlineOptions = {
  clock: Clock;
  due: DueWork;
  tick: (requestId: string) => Promise<boolean>;
  /** Whether an error of a tick is the database's absence, which is nothing against the request. */
  isUnavailable: (error: unknown) => boolean;
  /** Longest sleep, in seconds: the safety net for what other replicas wrote. */
  checkIntervalSeconds: number;
  log: { error: (detail: object, message: string) => void };
};

const AT_ONCE = 8;
const BATCH = 200;
/** A request whose tick failed is left alone this long, so that one bad request cannot keep the worker busy. */
const SET_ASIDE_SECONDS = 30;
/** When the database was away, or another replica was faster, whose next retry may be 5 s away. */
const UNCHANGED_ASIDE_SECONDS = 1;

export function createDeadlines(options: DeadlineOptions): Deadlines {
  const { clock, due, log } = options;
  const alarm = createAlarm();
  const setAside = new Map<string, Instant>();
  /** On the monotonic clock, because the other one may be set forward while this sleeps; null: it has not begun. */
  let awakeAtMs: number | null = null;
  let stopped = false;
  let loop: Promise<void> = Promise.resolve();

  const msUntil = (at: Instant) => Date.parse(at) - Date.parse(clock.now());

  async function act(requestId: string): Promise<boolean> {
    try {
      if (await options.tick(requestId)) return true;
      setAside.set(requestId, secondsAfter(clock.now(), UNCHANGED_ASIDE_SECONDS));
    } catch (error) {
      log.error({ err: error, request_id: requestId }, 'a deadline could not be acted on; it is tried again');
      const seconds = options.isUnavailable(error) ? UNCHANGED_ASIDE_SECONDS : SET_ASIDE_SECONDS;
      setAside.set(requestId, secondsAfter(clock.now(), seconds));
    }
    return false;
  }

  async function runDue(): Promise<number> {
    let changed = 0;
    while (!stopped) {
      const now = clock.now();
      for (const [id, until] of setAside) if (until <= now) setAside.delete(id);
      const ids = await due.requests(now, BATCH, [...setAside.keys()]);
      if (ids.length === 0) return changed;
      const queue = ids.values();
      const worker = async () => {
        for (const id of queue) if (!stopped && (await act(id))) changed += 1;
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    }
    return changed;
  }

  async function run(): Promise<void> {
    while (!stopped) {
      let sleepUntil = secondsAfter(clock.now(), options.checkIntervalSeconds);
      awakeAtMs = performance.now() + options.checkIntervalSeconds * 1000;
      try {
        await runDue();
        const next = await due.next();
        if (next !== null && next < sleepUntil) sleepUntil = next;
      } catch (error) {
        log.error({ err: error }, 'the deadlines could not be read; they are read again');
        sleepUntil = secondsAfter(clock.now(), 1);
      }
      // Overdue work that was set aside must not spin the loop.
      const ms = Math.max(msUntil(sleepUntil), setAside.size > 0 ? 1_000 : 0);
      awakeAtMs = performance.now() + ms;
      if (!stopped) await alarm.sleep(ms);
    }
  }

  return {
    start: () => {
      loop = run();
    },
    runDue,
    expect: (at) => {
      const dueAtMs = performance.now() + msUntil(at);
      if (awakeAtMs === null || dueAtMs >= awakeAtMs) return;
      awakeAtMs = dueAtMs;
      alarm.ring();
    },
    stop: async () => {
      stopped = true;
      alarm.ring();
      await loop;
    },
  };
}
