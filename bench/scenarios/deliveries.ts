import { createApprovals } from '../approvals.ts';
import { metered } from '../beside-floor.ts';
import { runSql } from '../cluster.ts';
import type { Timed } from '../load.ts';
import { copyRows, idOf } from '../multiply.ts';
import { outboxEmpty } from '../outbox.ts';
import { type Receiver, startDeadReceiver, startReceiver } from '../receiver.ts';
import { type Row, rowOf } from '../result.ts';
import { type Scene, withScene } from '../scene.ts';
import type { Setting } from '../setting.ts';
import { summarise } from '../summary.ts';

const RECEIVERS = 20;
const TARGET_PER_SECOND = 1_000;
const PATIENCE_SECONDS = 120;

/** (g) A backlog at one quick receiver, at 20, and at 20 of which one accepts calls and never answers. */
export async function deliveries(setting: Setting): Promise<Row[]> {
  const count = setting.quick ? 1_000 : 15_000;
  const one = await drain(setting, { name: 'deliveries, 1 receiver', live: 1, dead: 0, count });
  const live = await drain(setting, {
    name: `deliveries, ${RECEIVERS} receivers`,
    live: RECEIVERS,
    dead: 0,
    count,
  });
  const dead = await drain(setting, {
    name: `deliveries, ${RECEIVERS - 1} and 1 dead`,
    live: RECEIVERS - 1,
    dead: 1,
    count,
  });
  one.ratios.push(perSecondRatio(one));
  live.ratios.push(perSecondRatio(live));
  dead.ratios.push({
    name: `rate / rate with ${RECEIVERS} live`,
    value: dead.measured.perSecond / live.measured.perSecond,
    target: 0.9,
  });
  return [one, live, dead];
}

function perSecondRatio({ measured }: Row) {
  const value = measured.perSecond / TARGET_PER_SECOND;
  return { name: `rate / ${TARGET_PER_SECOND} a second`, value, target: 1 };
}

/** What arrived after the first tenth and before the last, which have the start and the end in them. */
function steadyPart(arrivals: readonly number[]): Timed {
  const tenth = Math.floor(arrivals.length / 10);
  const steady = arrivals.slice(tenth, arrivals.length - tenth);
  return {
    times: steady.slice(1),
    seconds: ((steady.at(-1) ?? 0) - (steady[0] ?? 0)) / 1000,
    operations: arrivals.length,
  };
}

type Backlog = { name: string; live: number; dead: number; count: number };

async function drain(setting: Setting, { name, live, dead, count }: Backlog): Promise<Row> {
  const arrived = new Set<string>();
  let twice = 0;
  const arrivals: number[] = [];
  const onWebhook = (body: string) => {
    const { event_id } = JSON.parse(body);
    if (arrived.has(event_id)) twice += 1;
    arrived.add(event_id);
    arrivals.push(performance.now());
  };
  const receivers: Receiver[] = [];
  try {
    for (let i = 0; i < live; i += 1) receivers.push(await startReceiver(onWebhook));
    for (let i = 0; i < dead; i += 1) receivers.push(await startDeadReceiver());
    return await withScene(setting, async (scene) => {
      const { databaseUrl, service } = scene;
      const { timed, usage } = await metered([service.pid], databaseUrl, async (): Promise<Timed> => {
        await queueBacklog(scene, setting, receivers, count);
        await outboxEmpty(databaseUrl, PATIENCE_SECONDS, dead > 0 ? receivers.at(-1)?.origin : undefined);
        return steadyPart(arrivals);
      });
      const { perSecond } = summarise(timed.times, timed.seconds);
      const measured = { ...summarise([], timed.seconds), count: timed.operations, perSecond };
      const row = rowOf({ scenario: 'g', key: name, name }, measured, usage);
      row.notes.push(
        `the rate between the first tenth and the last of ${count}; CPU with that of making the backlog`,
      );
      if (twice > 0) row.notes.push(`${twice} deliveries came twice`);
      // Its attempts would otherwise last until their time is up, and the service waits for them to stop.
      for (const receiver of receivers.slice(live)) receiver.close();
      return row;
    });
  } finally {
    for (const receiver of receivers) receiver.close();
  }
}

/** A delivery for each of `count` requests, in turn to each receiver, due at once and visible all together. */
async function queueBacklog(
  { client, databaseUrl }: Scene,
  { identity }: Setting,
  receivers: readonly Receiver[],
  count: number,
): Promise<void> {
  const approvals = await createApprovals(client, identity);
  const first = receivers[0];
  if (!first) throw new Error('no receiver');
  const { request_id } = await approvals.create(first.url);
  await outboxEmpty(databaseUrl);
  const template = `t.request_id = '${request_id}' and t.sequence = 1`;
  const copies = { from: 1, to: count };
  const request = idOf('n', '0');
  const at = (field: 'url' | 'origin') =>
    `(array[${receivers.map((receiver) => `'${receiver[field]}'`).join(', ')}])[1 + n % ${receivers.length}]`;
  const common = { request_id: request, id: idOf('n', '1') };
  const due = { status: `'pending'`, attempt: '0', next_attempt_at: 'now()', delivered_at: 'null' };
  const set = { ...common, ...due, receiver: at('origin') };
  await copyRows(
    databaseUrl,
    {
      ...copies,
      table: 'approval_request',
      template: `t.id = '${request_id}'`,
      set: { id: request, callback_url: at('url') },
    },
    { ...copies, table: 'approval_event', template, set: common },
    { ...copies, table: 'webhook_delivery', template, set },
  );
  await runSql(databaseUrl, 'analyze');
  // A commit wakes the dispatcher, which knows nothing of rows that others wrote.
  await approvals.create(first.url);
}
