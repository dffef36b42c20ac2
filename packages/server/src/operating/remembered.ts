import type { Instant } from '@awe/engine/instant';
import { secondsAfter } from '@awe/engine/instant';

/**
 * What `ask` said at most `seconds` ago, or else what it says now; who asks meanwhile gets the same answer. A failure is
 * not remembered. A clock that was set back makes what is remembered old.
 */
export function createRemembered<Value>(
  seconds: number,
  ask: (now: Instant) => Promise<Value>,
): (now: Instant) => Promise<Value> {
  let last: { at: Instant; value: Promise<Value> } | null = null;
  return (now) => {
    if (last !== null && last.at <= now && now < secondsAfter(last.at, seconds)) return last.value;
    const asked = { at: now, value: ask(now) };
    last = asked;
    asked.value.catch(() => {
      if (last === asked) last = null;
    });
    return asked.value;
  };
}
