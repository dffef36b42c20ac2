import type { Clock } from './clock.ts';

/** The end of one attempt: when its time is over, or when its caller gives up. */
export type Deadline = {
  signal: AbortSignal;
  /** Whether time ended it, rather than the caller. */
  passed: () => boolean;
  /** Time no longer ends it; the caller still does. */
  lift: () => void;
  /** Nothing ends it any more, and nothing is kept. */
  close: () => void;
};

/** By hand, because `AbortSignal.any` came with Node 20, and a timer of the clock can be lifted when an answer begins. */
export function openDeadline(clock: Clock, ms: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let passed = false;
  const giveUp = () => controller.abort(caller?.reason);
  const lift = clock.after(ms, () => {
    passed = true;
    controller.abort();
  });
  if (caller?.aborted) giveUp();
  else caller?.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    passed: () => passed,
    lift,
    close: () => {
      lift();
      caller?.removeEventListener('abort', giveUp);
    },
  };
}
