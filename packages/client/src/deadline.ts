import type { Clock } from './clock.ts';

/** The end of one attempt: when its time is over, or when its caller gives up. */
export type Deadline = {
  signal: AbortSignal;
  /** How much time there is, in milliseconds. */
  ms: number;
  /** Whether time ended it, rather than the caller. */
  passed: () => boolean;
  /** Time no longer ends it; the caller still does. */
  lift: () => void;
  /** Time begins anew. */
  restart: () => void;
  /** Nothing ends it any more, and nothing is kept. */
  close: () => void;
};

/** By hand, because `AbortSignal.any` came with Node 20, and a timer of the clock can be lifted when an answer begins. */
export function openDeadline(clock: Clock, ms: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let passed = false;
  let lift = () => {};
  const giveUp = () => controller.abort(caller?.reason);
  const restart = () => {
    lift();
    lift = clock.after(ms, () => {
      passed = true;
      controller.abort();
    });
  };
  restart();
  if (caller?.aborted) giveUp();
  else caller?.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    ms,
    passed: () => passed,
    lift: () => lift(),
    restart,
    close: () => {
      lift();
      caller?.removeEventListener('abort', giveUp);
    },
  };
}

/** As `work` ends, or when the signal does, whatever becomes of `work` then: not everybody listens to signals. */
export function unlessEnded<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
