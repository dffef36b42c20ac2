import type { Admin, AdminDeed } from '../audit/admin.ts';
import type { Clock } from '../clock.ts';
import { audited } from '../ledger/audited.ts';
import type { Database } from '../ledger/database.ts';
import { type ReplayFilters, replayBatch } from '../ledger/deliveries-replay.ts';

/**
 * Each batch is a transaction of its own with its own audit row: a replay of a million is many short ones, and results
 * of attempts are written in between.
 */
const BATCH = 2_000;

/** What the audit log is to say of a batch of so many. */
export type BatchDeed = (count: number) => AdminDeed;

/** Starts all matching deliveries anew. Returns how many; what is done by then stays done when it fails on its way. */
export async function replayAll(
  { database, clock, wake }: { database: Pick<Database, 'kysely'>; clock: Clock; wake: () => void },
  filters: ReplayFilters,
  by: Admin,
  deedOf: BatchDeed,
): Promise<number> {
  let replayed = 0;
  let after: string | null = null;
  do {
    const from: string | null = after;
    const { count, last } = await audited({ db: database.kysely, clock }, by, async (trx) => {
      const batch = await replayBatch(trx, filters, { after: from, size: BATCH, now: clock.now() });
      return { result: batch, deed: batch.count > 0 ? deedOf(batch.count) : null };
    });
    replayed += count;
    after = last;
    if (count > 0) wake();
  } while (after !== null);
  return replayed;
}

/** The deed of a replay over a range of time. */
export function replayDeed({ receiver, since, until, statuses }: ReplayFilters, count: number): AdminDeed {
  return {
    action: 'delivery.replay',
    resource_type: 'receiver',
    resource_id: receiver ?? '*',
    summary: `Sent ${count} webhooks to ${receiver ?? 'all receivers'} again`,
    before: null,
    after: null,
    metadata: { since, until, statuses, count },
  };
}
