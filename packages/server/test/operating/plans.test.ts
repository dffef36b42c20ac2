import { systemClock } from '@awe/server/clock';
import type { Database } from '@awe/server/ledger/database';
import { type DeliverySearch, listDeliveries } from '@awe/server/ledger/deliveries-list';
import { replayBatch } from '@awe/server/ledger/deliveries-replay';
import { exhaustedReceivers } from '@awe/server/ledger/incidents-exhausted';
import { failedLookups } from '@awe/server/ledger/incidents-lookups';
import { overdueStages } from '@awe/server/ledger/incidents-overdue';
import { countDays } from '@awe/server/ledger/overview-days';
import { outboxState } from '@awe/server/ledger/overview-work';
import { listReceivers } from '@awe/server/ledger/receivers-list';
import type { Tables } from '@awe/server/ledger/tables';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexesIn, plansOf } from '../ledger/plans.ts';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';
import { generateOperatingRows } from './many-rows.ts';

/** Enough that reading a table to its end shows. */
const REQUESTS = 120_000;
/** Pages of 8 kB; deliveries alone have some four thousand, requests and tasks more. */
const FEW_BLOCKS = 500;
/** There are no rows in them here; of the timeline, each request reads its own by its key. */
const SMALL = ['paused_receiver', 'approval_event'];

let fresh: FreshDatabase;
let database: Database;
const now = systemClock.now();
const daysAgo = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openFresh(fresh);
  await generateOperatingRows(database, REQUESTS, now);
}, 120_000);
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const indexesOf = async (work: (db: Kysely<Tables>) => Promise<unknown>, mostBlocks = FEW_BLOCKS) =>
  indexesIn(await plansOf(database, work, mostBlocks), SMALL);

describe('deliveries', () => {
  const all: DeliverySearch = {
    status: null,
    request_id: null,
    receiver: null,
    event_type: null,
    since: null,
    until: null,
    limit: 50,
    cursor: null,
  };

  it.each<[string, Partial<DeliverySearch>]>([
    ['an event type', { event_type: 'stage_started' }],
    ['a moment on', { since: daysAgo(1) }],
    ['long ago', { until: daysAgo(50) }],
    ['a day long ago', { since: daysAgo(31), until: daysAgo(30) }],
  ])('of %s are read by their ids, newest first', async (_, filters) => {
    const indexes = await indexesOf((db) => listDeliveries(db, { ...all, ...filters }));
    expect(indexes.sort()).toEqual(['approval_request_pkey', 'webhook_delivery_pkey']);
  });

  it('of a status and a receiver are read by the status', async () => {
    const search = { ...all, status: 'exhausted', receiver: 'https://receiver.example/1' };
    const indexes = await indexesOf((db) => listDeliveries(db, search));
    expect(indexes.sort()).toEqual(['approval_request_pkey', 'webhook_delivery_status']);
  });

  it('of a receiver that has none cost a stretch, and the next page goes on behind it to the end', async () => {
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page = await listDeliveries(database.kysely, {
        ...all,
        receiver: 'https://nobody.example/',
        cursor,
      });
      expect(page.rows).toEqual([]);
      pages += 1;
      cursor = page.next;
    } while (cursor !== null);
    expect(pages).toBe(Math.ceil((REQUESTS + 1) / 50_000));
    const recent = { ...all, receiver: 'https://nobody.example/', since: daysAgo(1) };
    expect(await listDeliveries(database.kysely, recent)).toEqual({ rows: [], next: null });
  });

  it('are replayed by an index', async () => {
    const filters = { receiver: 'https://receiver.example/1', since: null, until: null };
    const batch = { after: null, size: 100, now };
    const replay = (db: Kysely<Tables>) => replayBatch(db, { ...filters, statuses: ['exhausted'] }, batch);
    // It takes a hundred away each time it is asked, which its plan survives.
    expect(await indexesOf(replay, 20_000)).toContain('webhook_delivery_pkey');
  });
});

describe('what operators look at', () => {
  it('receivers are read from what is rare', async () => {
    const indexes = await indexesOf((db) => listReceivers(db, { limit: 50, cursor: null }), 2_000);
    expect(indexes).toEqual(expect.arrayContaining(['webhook_delivery_due', 'webhook_delivery_exhausted']));
  });

  it('incidents are read from what is rare', async () => {
    const lookups = (db: Kysely<Tables>) => failedLookups(db, { requestId: null, limit: 100 });
    expect(await indexesOf(lookups, 2_000)).toContain('approval_request_due');
    const exhausted = (db: Kysely<Tables>) => exhaustedReceivers(db, { key: null, limit: 100 });
    expect(await indexesOf(exhausted, 2_000)).toContain('webhook_delivery_exhausted');
    const overdue = (db: Kysely<Tables>) => overdueStages(db, { requestId: null, limit: 100, now });
    expect(await indexesOf(overdue, 8_000)).toContain('approval_task_expired');
  });

  it('the overview reads what is open, of one day, or counts in an index', async () => {
    const outbox = (db: Kysely<Tables>) => outboxState(db, now, systemClock.newId());
    const plans = await plansOf(database, outbox, 1_000);
    expect(plans.flatMap((plan) => plan['Index Name'] ?? [])).toContain('webhook_delivery_status');
    expect(await indexesOf((db) => countDays(db, `${now.slice(0, 10)}T00:00:00.000Z`), 4_000)).toEqual(
      expect.arrayContaining(['approval_request_created', 'approval_request_completed']),
    );
  });
});
