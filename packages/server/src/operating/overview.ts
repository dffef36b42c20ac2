import type { OverviewOut } from '@awe/contract/overview';
import { type Instant, secondsAfter } from '@awe/engine/instant';
import type { Clock } from '../clock.ts';
import type { Database } from '../ledger/database.ts';
import { countExhaustedReceivers } from '../ledger/incidents-exhausted.ts';
import { countFailedLookups } from '../ledger/incidents-lookups.ts';
import { countOverdue } from '../ledger/incidents-overdue.ts';
import { countDays, type DayCounts, decisionTimes } from '../ledger/overview-days.ts';
import { openRequests, openWork, outboxState } from '../ledger/overview-work.ts';
import { createDays } from './days.ts';
import { createRemembered } from './remembered.ts';

/** A page that is reloaded by many costs the database one count in so many seconds. */
const REMEMBERED_SECONDS = 5;
/** Quantiles are sorted out of every request of a week: the dearest of all, and the slowest to change. */
const TIMES_REMEMBERED_SECONDS = 60;
const TIMES_OVER_SECONDS = 7 * 86_400;
const MOST_INCIDENTS = 1_000;

/** How things stand, some seconds ago at most. */
export function createOverview({
  database,
  clock,
}: {
  database: Pick<Database, 'kysely'>;
  clock: Clock;
}): () => Promise<OverviewOut> {
  const db = database.kysely;
  const daysUntil = createDays((from) => countDays(db, from));
  const times = createRemembered(TIMES_REMEMBERED_SECONDS, (now) =>
    decisionTimes(db, secondsAfter(now, -TIMES_OVER_SECONDS)),
  );

  // One after the other: a page must not take all connections that searches have.
  async function look(now: Instant): Promise<OverviewOut> {
    const tasks = await openWork(db, now);
    const open = await openRequests(db);
    const days = await daysUntil(now);
    return {
      as_of: now,
      tasks,
      requests: { ...open, ...ended(days) },
      days,
      decision_times: await times(now),
      deliveries: await outboxState(db, now, clock.newId()),
      incidents: {
        lookup_failed: await countFailedLookups(db, MOST_INCIDENTS),
        deliveries_exhausted: await countExhaustedReceivers(db, MOST_INCIDENTS),
        overdue: await countOverdue(db, now, MOST_INCIDENTS),
      },
    };
  }

  const remembered = createRemembered(REMEMBERED_SECONDS, look);
  return () => remembered(clock.now());
}

function ended(days: readonly DayCounts[]) {
  const sum = (of: (day: DayCounts) => number) => days.reduce((total, day) => total + of(day), 0);
  return {
    approved: sum((day) => day.approved),
    rejected: sum((day) => day.rejected),
    cancelled: sum((day) => day.cancelled),
  };
}
