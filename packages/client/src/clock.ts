/** Time as the client uses it: another one lets a test run hours in no time. */
export type Clock = {
  /** Unix milliseconds. */
  now: () => number;
  /** Runs `work` once, `ms` milliseconds from now, unless the function it answers is called before. */
  after: (ms: number, work: () => void) => () => void;
};

/** Platforms run a longer timer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, work) => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (left: number) => {
      const next = () => (left > LONGEST_TIMER_MS ? wait(left - LONGEST_TIMER_MS) : work());
      timer = setTimeout(next, Math.min(left, LONGEST_TIMER_MS));
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms` milliseconds; rejects with the signal's reason when it ends before. */
export function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let cancel = () => {};
    const ended = () => {
      cancel();
      reject(signal?.reason);
    };
    signal?.throwIfAborted();
    signal?.addEventListener('abort', ended, { once: true });
    cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', ended);
      resolve();
    });
  });
}
