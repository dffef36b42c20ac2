/** Time as the client uses it: another one lets a test run hours in no time. */
export type Clock = {
  /** Unix milliseconds. */
  now: () => number;
  /** Runs `work` once, `ms` milliseconds from now, unless the function it answers is called before. */
  after: (ms: number, work: () => void) => () => void;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
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
