import { createPauses } from '@awe/server/webhooks/pauses';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Outbox, openOutbox, testClock } from './outbox.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { tell } from './story.ts';

let outbox: Outbox;
let receiver: Receiver;
let held: PromiseWithResolvers<void>;

beforeEach(async () => {
  outbox = await openOutbox();
  held = Promise.withResolvers();
  receiver = await startReceiver(async () => {
    await held.promise;
    return { status: 200 };
  });
});
afterEach(async () => {
  await outbox.close();
  await receiver.close();
});

const events = ['request_created', 'stage_started'] as const;

test('what waits for its turn when its receiver is paused is given back, and goes out when it is resumed', async () => {
  const clock = testClock();
  const { pool } = outbox.database;
  for (let index = 0; index < 5; index += 1) {
    await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now(), events: [...events] });
  }
  const webhook = { concurrency_per_receiver: 1 };
  const { dispatcher, recorded } = outbox.worker({ clock, webhook });
  dispatcher.start();
  await receiver.calls.reach(1);
  await pool.query(`insert into paused_receiver values (split_part($1, '?', 1), null, 'ada', now())`, [
    receiver.url,
  ]);
  await dispatcher.lookAtPauses();
  held.resolve();
  // The attempt in flight ends; the rest of its chain is given back.
  await recorded.see(({ outcome }) => outcome === 'delivered');
  await recorded.see(({ outcome }) => outcome === 'released');
  clock.pass(60);
  dispatcher.wake();
  const other = await startReceiver();
  const { requestId } = await tell(outbox.database, { callbackUrl: other.url, at: clock.now() });
  dispatcher.wake();
  await other.calls.reach(1);
  expect(receiver.calls.all).toHaveLength(1);
  const ours = (await outbox.rows()).filter((row) => row.request_id !== requestId);
  expect(ours.map(({ status }) => status).sort()).toEqual(['delivered', ...Array(9).fill('pending')]);

  await pool.query('delete from paused_receiver');
  await dispatcher.lookAtPauses();
  await receiver.calls.reach(10);
  const sequences = Map.groupBy(receiver.calls.all, ({ requestId }) => requestId);
  for (const calls of sequences.values()) expect(calls.map(({ sequence }) => sequence)).toEqual([1, 2]);
  await other.close();
});

test('nobody is known not to be paused before the table was read, and an overtaken answer counts no more', async () => {
  const answers: ((names: string[]) => void)[] = [];
  let resumed = 0;
  const pauses = createPauses({
    read: () => new Promise((resolve) => answers.push(resolve)),
    everyMs: 1_000,
    onResumed: () => {
      resumed += 1;
    },
  });
  expect([pauses.known(), pauses.has('a')]).toEqual([false, true]);
  const first = pauses.refresh();
  const second = pauses.refresh();
  answers[1]?.(['a']);
  await second;
  answers[0]?.([]);
  await first;
  expect([pauses.known(), pauses.has('a'), pauses.has('b'), pauses.list(), resumed]).toEqual([
    true,
    true,
    false,
    ['a'],
    0,
  ]);
  const third = pauses.refresh();
  answers[2]?.(['b']);
  await third;
  expect([pauses.has('a'), resumed]).toEqual([false, 1]);
});
