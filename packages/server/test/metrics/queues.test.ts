import pg from 'pg';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../src/ledger/database.ts';
import { QUEUE_NAMES, type QueueDepths, readQueueDepths } from '../../src/ledger/queue-depths.ts';
import { queueMetrics } from '../../src/metrics/queue-metrics.ts';
import { urlOfDatabase } from '../database-url.ts';
import { openFresh } from '../postgres.ts';
import { type Counterpart, startCounterpart } from '../service/counterpart.ts';
import { openStand, type Stand } from '../service/stand.ts';
import { policyOf, storyOf, user } from '../service/story.ts';
import { readExposition, scrape } from './exposition.ts';

const nameOf = async (stand: Stand) => {
  const [row] = await stand.sql<{ name: string }>('select current_database() as name');
  return row?.name ?? '';
};

describe('what waits in the database', () => {
  let stand: Stand;
  let resolver: Counterpart;
  let database: Database;

  /** The service ends before the time passes in which it would act on what waits. */
  beforeAll(async () => {
    stand = await openStand();
    resolver = await startCounterpart({ status: 500 });
    const story = storyOf(stand);
    const asks = { rule_type: 'http', rule_value: { url: resolver.url } };
    await stand.publish(policyOf('timed', [{ rules: [user('alice')], sla_hours: 1 }]));
    await stand.publish(policyOf('asking', [{ rules: [user('alice')] }, { rules: [asks] }]));
    for (const status of [410, 503]) {
      const receiver = await startCounterpart({ status });
      await story.create('timed', { callback_url: receiver.url });
      await receiver.called(2);
      receiver.close();
    }
    const waiting = await story.create('asking');
    await story.decide(waiting.body.request_id, 'alice', 'approve');
    await stand.services[0]?.stop();
    stand.clock.advance(3);
    const url = urlOfDatabase(inject('postgres').adminUrl, await nameOf(stand));
    database = openFresh({ url, drop: async () => {} });
  });
  afterAll(async () => {
    resolver.close();
    await database.close();
    await stand.close();
  });

  it('is counted, and since when it has been due', async () => {
    const depths = await readQueueDepths(database.pool, stand.clock.now());
    const hoursDue = ({ oldest }: { oldest: string | null }) =>
      oldest === null ? null : Math.round((Date.parse(stand.clock.now()) - Date.parse(oldest)) / 3_600_000);
    const found = Object.entries(depths).map(([name, queue]) => [name, queue.depth, hoursDue(queue)]);
    expect(found).toEqual([
      ['deliveries_pending', 2, null],
      ['deliveries_due', 2, 3],
      ['deliveries_exhausted', 2, null],
      ['stages_activating', 1, 3],
      ['tasks_overdue', 2, 2],
      ['requests_open', 3, null],
    ]);
  });

  it('is read by index alone, wherever in its table it lies', async () => {
    const asked: { text: string; values: unknown[] }[] = [];
    const listening = {
      query: async (text: string, values: unknown[]) => {
        asked.push({ text, values });
        return { rows: [{}] };
      },
    } as unknown as pg.Pool;
    await readQueueDepths(listening, stand.clock.now());
    const [statement] = asked;
    // As the sessions of the pool that reads it have it.
    await stand.sql('set enable_seqscan = off');
    const plan = await stand.sql(`explain (costs off) ${statement?.text}`, statement?.values);
    const lines = plan.map((each) => String(each['QUERY PLAN']));
    expect(lines.filter((line) => line.includes('Seq Scan'))).toEqual([]);
    const indexes = lines.flatMap((line) => /Scan (?:using|on) (\w+_(?:\w+))/.exec(line)?.[1] ?? []);
    expect(indexes.length).toBeGreaterThan(8);
    expect(indexes.filter((index) => index.endsWith('_pkey'))).toEqual([]);
  });
});

describe('the metrics while the database is away', () => {
  let stand: Stand;
  beforeAll(async () => {
    stand = await openStand();
  });
  afterAll(() => stand.close());

  it('tell of the process, and leave out what waits', async () => {
    const name = await nameOf(stand);
    const [own] = await stand.sql<{ pid: number }>('select pg_backend_pid() as pid');
    await administer(`alter database "${name}" allow_connections false`);
    await administer(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> ${own?.pid}`,
    );
    const { value, samples, declared } = await scrape(stand.services[0]?.url ?? '');
    expect(value('awe_database_up')).toBe(0);
    expect(samples.filter((each) => each.name.startsWith('awe_queue_'))).toEqual([]);
    expect(declared).toContain('awe_queue_depth');
    expect(value('awe_ready')).toBe(1);
    expect(value('awe_process_resident_memory_bytes')).toBeGreaterThan(0);
    await administer(`alter database "${name}" allow_connections true`);
  });
});

async function administer(statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: inject('postgres').adminUrl });
  await admin.connect();
  await admin.query(statement);
  await admin.end();
}

describe('a reading of the queues', () => {
  const depths = (depth: number) =>
    Object.fromEntries(QUEUE_NAMES.map((name) => [name, { depth, oldest: null }])) as QueueDepths;
  const metered = (read: () => Promise<QueueDepths>, freshMs: number) => {
    const registry = new Registry();
    const now = () => '2026-04-23T10:00:00.000Z';
    queueMetrics(registry, { read, now, freshMs, patienceMs: 20 });
    return async () => readExposition(await registry.metrics());
  };

  it('serves all who ask while it is under way, and for some time after', async () => {
    let readings = 0;
    const ask = metered(async () => {
      readings += 1;
      return depths(readings);
    }, 60_000);
    const all = await Promise.all([ask(), ask(), ask()]);
    all.push(await ask());
    expect(all.map(({ value }) => value('awe_queue_depth', { queue: 'deliveries_due' }))).toEqual([
      1, 1, 1, 1,
    ]);
    expect(readings).toBe(1);
  });

  it('that does not come in time is not waited for, and is there for a later scrape', async () => {
    const slow = Promise.withResolvers<QueueDepths>();
    const ask = metered(() => slow.promise, 60_000);
    const early = await ask();
    expect(early.value('awe_database_up')).toBe(0);
    expect(early.samples).toHaveLength(1);
    slow.resolve(depths(7));
    const later = await ask();
    expect(later.value('awe_database_up')).toBe(1);
    expect(later.value('awe_queue_depth', { queue: 'tasks_overdue' })).toBe(7);
  });

  it('that failed leaves nothing old behind, and the next one heals it', async () => {
    const readings = [async () => depths(3), () => Promise.reject(new Error('away')), async () => depths(4)];
    let next = 0;
    // Each gauge of a scrape may ask for itself when nothing is fresh.
    const ask = metered(() => (readings[next] ?? readings[0])!(), 0);
    const depth = { queue: 'deliveries_pending' };
    expect((await ask()).value('awe_queue_depth', depth)).toBe(3);
    next = 1;
    const away = await ask();
    expect(away.value('awe_database_up')).toBe(0);
    expect(away.samples).toHaveLength(1);
    next = 2;
    expect((await ask()).value('awe_queue_depth', depth)).toBe(4);
  });
});
