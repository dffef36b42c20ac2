import { secondsAfter } from '@awe/engine/instant';
import { type Clock, systemClock } from '../src/clock.ts';

/** The real time, plus the hours that the story lets pass. */
export type PlayedClock = Clock & { advance: (hours: number) => void };

export function createPlayedClock(): PlayedClock {
  let hoursAhead = 0;
  return {
    now: () => secondsAfter(systemClock.now(), hoursAhead * 3600),
    newId: systemClock.newId,
    advance: (hours) => {
      hoursAhead += hours;
    },
  };
}
