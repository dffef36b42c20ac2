import { secondsAfter } from '@awe/engine/instant';
import { v7 } from 'uuid';
import type { Clock } from '../../packages/server/src/clock.ts';

/** A clock that goes wrong by so many seconds beside another one, in its times and in its ids. */
export function skewedClock(right: Pick<Clock, 'now'>, seconds: number): Clock {
  const now = () => secondsAfter(right.now(), seconds);
  let last = 0;
  let seq = 0;
  return {
    now,
    newId: () => {
      const msecs = Date.parse(now());
      seq = msecs > last ? 0 : seq + 1;
      last = Math.max(last, msecs);
      return v7({ msecs: last, seq });
    },
  };
}
