import { secondsAfter } from '@awe/engine/instant';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Outbox, openOutbox, testClock } from './outbox.ts';
import { type Answer, type Call, type Receiver, startReceiver } from './receiver.ts';
import { tell, tellMore } from './story.ts';

let outbox: Outbox;
let receivers: Receiver[];

beforeEach(async () => {
  outbox = await openOutbox();
  receivers = [];
});
afterEach(async () => {
  await outbox.close();
  for (const receiver of receivers) await receiver.close();
});

async function receiverThat(answer?: (call: Call) => Answer | Promise<Answer>): Promise<Receiver> {
  const receiver = await startReceiver(answer);
  receivers.push(receiver);
  return receiver;
}

test('first attempts of each request go out in sequence, one after the other, while requests go side by side', async () => {
  const open = new Map<string, number>();
  const overlaps: string[] = [];
  let most = 0;
  const receiver = await receiverThat(async ({ requestId }) => {
    const now = (open.get(requestId) ?? 0) + 1;
    if (now > 1) overlaps.push(requestId);
    open.set(requestId, now);
    most = Math.max(most, [...open.values()].filter((count) => count > 0).length);
    await new Promise((resolve) => setImmediate(resolve));
    open.set(requestId, now - 1);
    return { status: 200 };
  });
  const clock = testClock();
  const events = ['request_created', 'stage_started', 'stage_completed', 'request_approved'] as const;
  for (let index = 0; index < 20; index += 1) {
    await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now(), events: [...events] });
  }
  const { dispatcher, recorded } = outbox.worker({ clock, webhook: { concurrency_per_receiver: 6 } });
  dispatcher.start();
  await recorded.reach(80);
  const sequences = Map.groupBy(receiver.calls.all, (call) => call.requestId);
  for (const calls of sequences.values()) expect(calls.map((call) => call.sequence)).toEqual([1, 2, 3, 4]);
  expect(sequences.size).toBe(20);
  expect(overlaps).toEqual([]);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(6);
});

test('an event that fails holds later ones back for its own attempt only', async () => {
  const receiver = await receiverThat(({ sequence }) => ({ status: sequence === 1 ? 500 : 200 }));
  const clock = testClock();
  await tell(outbox.database, {
    callbackUrl: receiver.url,
    at: clock.now(),
    events: ['request_created', 'stage_started', 'request_approved'],
  });
  const { dispatcher, recorded } = outbox.worker({ clock });
  dispatcher.start();
  await recorded.reach(3);
  expect(receiver.calls.all.map((call) => call.sequence)).toEqual([1, 2, 3]);
  expect(await outbox.rows()).toMatchObject([
    { status: 'pending', attempt: 1, last_status_code: 500, last_error: 'the receiver answered 500' },
    { status: 'delivered', attempt: 1 },
    { status: 'delivered', attempt: 1 },
  ]);
});

test('an event written while an earlier one is being sent goes out right after it', async () => {
  const held = Promise.withResolvers<void>();
  const receiver = await receiverThat(async ({ sequence }) => {
    if (sequence === 1) await held.promise;
    return { status: sequence === 1 ? 503 : 200 };
  });
  const clock = testClock();
  const { requestId } = await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
  const { dispatcher, recorded } = outbox.worker({ clock });
  dispatcher.start();
  await receiver.calls.reach(1);
  await tellMore(outbox.database, {
    requestId,
    at: clock.now(),
    events: ['stage_started', 'request_approved'],
  });
  dispatcher.wake();
  // When another request's event has arrived, the dispatcher has looked again and left the later events alone.
  const other = await receiverThat();
  await tell(outbox.database, { callbackUrl: other.url, at: clock.now() });
  dispatcher.wake();
  await other.calls.reach(1);
  expect(receiver.calls.all.map((call) => call.sequence)).toEqual([1]);
  held.resolve();
  await recorded.reach(4);
  expect(receiver.calls.all.map((call) => call.sequence)).toEqual([1, 2, 3]);
});

test('an event that waits for the attempt of another replica goes out soon after it', async () => {
  const receiver = await receiverThat();
  const clock = testClock();
  const { requestId } = await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
  const { pool } = outbox.database;
  await pool.query('update webhook_delivery set next_attempt_at = $1', [secondsAfter(clock.now(), 20)]);
  const { dispatcher, recorded } = outbox.worker({ clock });
  dispatcher.start();
  await tellMore(outbox.database, { requestId, at: clock.now(), events: ['request_approved'] });
  dispatcher.wake();
  const other = await receiverThat();
  await tell(outbox.database, { callbackUrl: other.url, at: clock.now() });
  dispatcher.wake();
  await other.calls.reach(1);
  expect(receiver.calls.all).toEqual([]);
  // What the other replica writes, of which this one hears nothing.
  await pool.query(
    `update webhook_delivery set status = 'delivered', attempt = 1 where sequence = 1 and request_id = $1`,
    [requestId],
  );
  await recorded.reach(2);
  expect(receiver.calls.all.map((call) => call.sequence)).toEqual([2]);
});

test('a receiver that never answers leaves the others their way', async () => {
  const silence = Promise.withResolvers<Answer>();
  const dead = await receiverThat(() => silence.promise);
  const quick = await Promise.all([receiverThat(), receiverThat(), receiverThat()]);
  const clock = testClock();
  for (let index = 0; index < 12; index += 1) {
    for (const receiver of [dead, ...quick]) {
      await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
    }
  }
  const { dispatcher, recorded } = outbox.worker({
    clock,
    webhook: { concurrency_per_receiver: 2, concurrency: 8 },
  });
  dispatcher.start();
  await recorded.reach(36);
  expect(quick.map((receiver) => receiver.answered.all.length)).toEqual([12, 12, 12]);
  expect(dead.calls.all).toHaveLength(1);
  expect(dead.answered.all).toHaveLength(0);
  silence.resolve({ status: 200 });
  await recorded.reach(48);
});
