import type { Instant } from '@awe/engine/instant';
import { secondsAfter } from '@awe/engine/instant';
import type { DayCounts } from '../ledger/overview-days.ts';

const DAYS = 30;
const SECONDS_A_DAY = 86_400;
/** After its end a day may still change for as long as commits take and clocks of replicas differ. */
const CLOSED_AFTER_SECONDS = 3_600;

/**
 * The last 30 days up to that of `now`, oldest first. Days that are over do not change, so each is counted once a process,
 * and the rest again each time.
 */
export function createDays(
  count: (from: Instant) => Promise<DayCounts[]>,
): (now: Instant) => Promise<DayCounts[]> {
  let closed = new Map<string, DayCounts>();
  return async (now) => {
    const wanted = Array.from({ length: DAYS }, (_, index) =>
      dayOf(secondsAfter(now, (index + 1 - DAYS) * SECONDS_A_DAY)),
    );
    const missing = wanted.find((day) => !closed.has(day)) ?? dayOf(now);
    const counted = new Map((await count(`${missing}T00:00:00.000Z`)).map((each) => [each.day, each]));
    const days = wanted.map(
      (day) =>
        (day < missing ? closed.get(day) : counted.get(day)) ?? {
          day,
          created: 0,
          approved: 0,
          rejected: 0,
          cancelled: 0,
        },
    );
    const firstOpen = dayOf(secondsAfter(now, -CLOSED_AFTER_SECONDS));
    closed = new Map(days.filter(({ day }) => day < firstOpen).map((each) => [each.day, each]));
    return days;
  };
}

function dayOf(at: Instant): string {
  return at.slice(0, 10);
}
