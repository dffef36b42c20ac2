import { secondsAfter } from '@awe/engine/instant';
import { claimDeliveries } from '@awe/server/ledger/deliveries-claim';
import { type DeliveryResult, recordDeliveries } from '@awe/server/ledger/deliveries-record';
import { createRecorder } from '@awe/server/webhooks/recorder';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { happenings } from './happenings.ts';
import { type Outbox, openOutbox, type TestClock, testClock } from './outbox.ts';
import { type Answer, type Call, type Receiver, startReceiver } from './receiver.ts';
import { tell, tellMore } from './story.ts';

let outbox: Outbox;
let receivers: Receiver[];
let clock: TestClock;

beforeEach(async () => {
  outbox = await openOutbox();
  receivers = [];
  clock = testClock();
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

/** Everything that can be claimed. */
async function claim(leaseSeconds = 30) {
  const now = clock.now();
  const { rows } = await outbox.database.pool.query('select distinct receiver from webhook_delivery');
  const { chains } = await claimDeliveries(outbox.database.pool, {
    now,
    leaseEnd: secondsAfter(now, leaseSeconds),
    chains: 100,
    lanes: new Map(rows.map(({ receiver }) => [receiver, { room: 100, held: 0 }])),
    elsewhere: 100,
    after: null,
  });
  return chains;
}

test('two replicas side by side send each event exactly once, each request in order', async () => {
  const receiver = await receiverThat();
  const recorded = happenings<DeliveryResult>();
  const workers = [outbox.worker({ clock, recorded }), outbox.worker({ clock, recorded })];
  for (const { dispatcher } of workers) dispatcher.start();
  for (let index = 0; index < 40; index += 1) {
    await tell(outbox.database, {
      callbackUrl: receiver.url,
      at: clock.now(),
      events: ['request_created', 'stage_started', 'request_approved'],
    });
    for (const { dispatcher } of workers) dispatcher.wake();
  }
  await recorded.reach(120);
  expect(receiver.calls.all).toHaveLength(120);
  for (const calls of Map.groupBy(receiver.calls.all, (call) => call.requestId).values()) {
    expect(calls.map((call) => call.sequence)).toEqual([1, 2, 3]);
  }
  expect((await outbox.rows()).every((row) => row.status === 'delivered' && row.attempt === 1)).toBe(true);
});

test('claims at the same moment share nothing, and no request is in two hands', async () => {
  for (let index = 0; index < 30; index += 1) {
    await tell(outbox.database, {
      callbackUrl: `https://r${index % 3}.example/hooks`,
      at: clock.now(),
      events: ['request_created', 'stage_started'],
    });
  }
  const claims = await Promise.all([claim(), claim(), claim(), claim()]);
  const requests = claims.map((chains) => chains.map((chain) => chain.deliveries[0]?.request_id));
  const rest = await claim();
  expect(requests.flat().length + rest.length).toBe(30);
  expect(new Set([...requests.flat(), ...rest.map((chain) => chain.deliveries[0]?.request_id)]).size).toBe(
    30,
  );
  for (const chain of [...claims.flat(), ...rest]) {
    expect(chain.deliveries.map((delivery) => delivery.sequence)).toEqual([1, 2]);
  }
});

test('a chain ends before an event that somebody else has in hand', async () => {
  const { requestId, eventIds } = await tell(outbox.database, {
    callbackUrl: 'https://a.example/',
    at: clock.now(),
    events: ['request_created', 'stage_started', 'stage_completed', 'request_approved'],
  });
  const holder = await outbox.database.pool.connect();
  await holder.query('begin');
  await holder.query('select from webhook_delivery where id = $1 for update', [eventIds[2]]);
  const [chain] = await claim();
  expect(chain?.deliveries.map((delivery) => delivery.sequence)).toEqual([1, 2]);
  await holder.query('rollback');
  holder.release();
  // Its earlier events are under a lease, so the rest belongs to nobody yet, nor does what is written later.
  await tellMore(outbox.database, { requestId, at: clock.now(), events: ['request_cancelled'] });
  expect(await claim()).toEqual([]);
});

test('what a killed replica had in hand is taken when its lease ends', async () => {
  const receiver = await receiverThat();
  const events = ['request_created', 'stage_started'] as const;
  await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now(), events: [...events] });
  expect(await claim(30)).toHaveLength(1);

  const { dispatcher, recorded } = outbox.worker({ clock });
  dispatcher.start();
  clock.pass(29.999);
  const other = await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
  dispatcher.wake();
  await recorded.reach(1);
  expect(receiver.calls.all.map((call) => call.requestId)).toEqual([other.requestId]);
  clock.pass(0.001);
  dispatcher.wake();
  await recorded.reach(3);
  expect(receiver.calls.all.slice(1).map((call) => call.sequence)).toEqual([1, 2]);
});

test('the failure of a lost lease changes nothing, its success counts', async () => {
  const { eventIds } = await tell(outbox.database, { callbackUrl: 'https://a.example/', at: clock.now() });
  const id = eventIds[0] ?? '';
  const [lost] = await claim(30);
  clock.pass(30);
  const [held] = await claim(30);
  const before = await outbox.rows();
  const failure = {
    id,
    at: clock.now(),
    outcome: 'failed',
    status_code: 500,
    error: 'the receiver answered 500',
    next_attempt_at: null,
    duration_ms: 5,
  } as const;
  const late = { ...failure, leaseEnd: lost?.leaseEnd ?? '' };
  const released = { id, at: clock.now(), outcome: 'released', leaseEnd: late.leaseEnd } as const;
  expect(await recordDeliveries(outbox.database.pool, [late])).toEqual([]);
  expect(await recordDeliveries(outbox.database.pool, [released])).toEqual([]);
  expect(await outbox.rows()).toEqual(before);
  const success = {
    id,
    at: clock.now(),
    leaseEnd: late.leaseEnd,
    outcome: 'delivered',
    status_code: 204,
    duration_ms: 5,
  } as const;
  expect(await recordDeliveries(outbox.database.pool, [success])).toEqual([id]);
  expect(
    await recordDeliveries(outbox.database.pool, [{ ...failure, leaseEnd: held?.leaseEnd ?? '' }]),
  ).toEqual([]);
  expect(await outbox.rows()).toMatchObject([{ status: 'delivered', attempt: 1, last_status_code: 204 }]);
});

test('stopping does not wait for a database that hangs', async () => {
  const receiver = await receiverThat();
  await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
  const { dispatcher, log } = outbox.worker({ clock, patienceMs: 0, flushMs: 0 });
  const holder = await outbox.database.pool.connect();
  await holder.query('begin');
  await holder.query('lock webhook_delivery in share mode');
  dispatcher.start();
  await outbox.waitsForLock();
  await dispatcher.stop();
  await holder.query('rollback');
  holder.release();
  expect(receiver.calls.all).toEqual([]);
  expect(log.all).toEqual([]);
});

test('stopping lets the attempt in flight end and gives the rest back', async () => {
  const held = Promise.withResolvers<Answer>();
  const receiver = await receiverThat(() => held.promise);
  for (let index = 0; index < 3; index += 1) {
    await tell(outbox.database, {
      callbackUrl: receiver.url,
      at: clock.now(),
      events: ['request_created', 'stage_started'],
    });
  }
  const { dispatcher, recorded } = outbox.worker({ clock, webhook: { concurrency_per_receiver: 1 } });
  dispatcher.start();
  const [call] = await receiver.calls.reach(1);
  const stopped = dispatcher.stop();
  held.resolve({ status: 200 });
  await stopped;
  expect(receiver.calls.all).toHaveLength(1);
  expect(recorded.all.filter((result) => result.outcome === 'delivered').map((result) => result.id)).toEqual([
    call?.id,
  ]);
  const rows = await outbox.rows();
  expect(rows.filter((row) => row.status === 'delivered').map((row) => row.id)).toEqual([call?.id]);
  for (const row of rows.filter((each) => each.status === 'pending')) {
    expect(row).toMatchObject({ attempt: 0, next_attempt_at: clock.now() });
  }
});

test('stopping does not wait for ever: a hanging attempt is broken off and given back', async () => {
  const receiver = await receiverThat(() => new Promise(() => {}));
  await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
  const { dispatcher } = outbox.worker({ clock, patienceMs: 0 });
  dispatcher.start();
  await receiver.calls.reach(1);
  await dispatcher.stop();
  expect(await outbox.rows()).toMatchObject([
    { status: 'pending', attempt: 0, next_attempt_at: clock.now() },
  ]);
});

test('a chain whose lease runs out is given back, and goes on under the next lease', async () => {
  const receiver = await receiverThat(() => {
    clock.pass(9);
    return { status: 200 };
  });
  await tell(outbox.database, {
    callbackUrl: receiver.url,
    at: clock.now(),
    events: ['request_created', 'stage_started', 'stage_completed', 'request_approved'],
  });
  const { dispatcher, recorded } = outbox.worker({ clock });
  dispatcher.start();
  await recorded.reach(6);
  expect(receiver.calls.all.map((call) => call.sequence)).toEqual([1, 2, 3, 4]);
  expect(recorded.all.map((result) => result.outcome)).toEqual([
    ...['delivered', 'delivered', 'released', 'released'],
    ...['delivered', 'delivered'],
  ]);
});

test('a database that fails in between costs no result and does not end the dispatcher', async () => {
  const held = Promise.withResolvers<Answer>();
  const receiver = await receiverThat(() => held.promise);
  await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
  const { dispatcher, recorded, log } = outbox.worker({ clock });
  dispatcher.start();
  await receiver.calls.reach(1);
  await outbox.database.pool.query('alter table webhook_delivery rename to mislaid');
  held.resolve({ status: 200 });
  dispatcher.wake();
  await log.see(({ message }) => message === 'callbacks could not be claimed; it is tried again');
  await log.see(({ message }) => message === 'results of callbacks are not written yet');
  await outbox.database.pool.query('alter table mislaid rename to webhook_delivery');
  await recorded.reach(1);
  expect(receiver.calls.all).toHaveLength(1);
  expect(await outbox.rows()).toMatchObject([{ status: 'delivered', attempt: 1 }]);
  expect(new Set(log.all.map((line) => line.message))).toEqual(
    new Set([
      'callbacks could not be claimed; it is tried again',
      'results of callbacks are not written yet',
    ]),
  );
  await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
  dispatcher.wake();
  await recorded.reach(2);
});

test('results that come while others are being written share one statement', async () => {
  for (let index = 0; index < 5; index += 1) {
    await tell(outbox.database, { callbackUrl: 'https://a.example/', at: clock.now() });
  }
  const chains = await claim();
  const [first, ...others] = chains.map(
    ({ leaseEnd, deliveries: [delivery] }): DeliveryResult => ({
      id: delivery?.id ?? '',
      leaseEnd,
      at: clock.now(),
      outcome: 'delivered',
      status_code: 200,
      duration_ms: 5,
    }),
  );
  const sizes = happenings<number>();
  const gate = Promise.withResolvers<void>();
  const written = happenings<DeliveryResult>();
  const recorder = createRecorder({
    record: async (results) => {
      sizes.add(results.length);
      await gate.promise;
      return recordDeliveries(outbox.database.pool, results);
    },
    log: { error: (_, message) => expect.unreachable(message) },
    onRecorded: (counted) => {
      for (const result of counted) written.add(result);
    },
  });
  if (first) recorder.add(first);
  await sizes.reach(1);
  for (const result of others) recorder.add(result);
  gate.resolve();
  await written.reach(5);
  expect(sizes.all).toEqual([1, 4]);
  expect(await recorder.close(0)).toBe(0);
});
