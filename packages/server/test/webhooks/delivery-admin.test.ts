import { AweError } from '@awe/server/awe-error';
import { createDeliveryAdmin } from '@awe/server/webhooks/delivery-admin';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Outbox, openOutbox, testClock } from './outbox.ts';
import { type Answer, type Receiver, startReceiver } from './receiver.ts';
import { tell } from './story.ts';

const UNKNOWN = '01900000-0000-7000-8000-00000000dead';

let outbox: Outbox;
let receiver: Receiver;
let answer: Answer;
const clock = testClock();

beforeEach(async () => {
  outbox = await openOutbox();
  answer = { status: 410 };
  receiver = await startReceiver(() => answer);
});
afterEach(async () => {
  await outbox.close();
  await receiver.close();
});

async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.unreachable('it was not refused'),
    (error: unknown) => error,
  );
}

const ada = { id: 'ada', email: 'ada@example.org' };

test('an exhausted delivery that is retried starts from the beginning, at once', async () => {
  const { eventIds } = await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
  const id = eventIds[0] ?? '';
  const { dispatcher, recorded } = outbox.worker({ clock });
  const admin = createDeliveryAdmin({ database: outbox.database, clock, wake: dispatcher.wake });
  dispatcher.start();
  await recorded.reach(1);
  answer = { status: 200 };
  clock.pass(3600);
  expect(await admin.retryDelivery(id, ada)).toMatchObject({
    id,
    status: 'pending',
    attempt: 0,
    callback_url: receiver.url,
    last_status_code: 410,
  });
  await recorded.reach(2);
  expect(await outbox.rows()).toMatchObject([
    { status: 'delivered', attempt: 1, last_error: null, delivered_at: clock.now() },
  ]);
  const refused = await refusal(admin.retryDelivery(id, ada));
  expect(refused).toMatchObject({
    kind: 'conflict',
    message: `Delivery ${id} has arrived at ${clock.now()}: the receiver has this event already`,
  });
  expect(refused).toBeInstanceOf(AweError);
});

test('a retry of what does not exist is refused', async () => {
  const admin = createDeliveryAdmin({
    database: outbox.database,
    clock,
    wake: () => expect.unreachable('there is nothing to wake for'),
  });
  for (const id of [UNKNOWN, 'not-a-uuid']) {
    expect(await refusal(admin.retryDelivery(id, ada))).toMatchObject({
      kind: 'delivery_not_found',
      message: `There is no delivery ${id}: take the id from GET /admin/deliveries`,
    });
  }
});

test('deliveries are listed newest first, by status and by request, page by page', async () => {
  const events = ['request_created', 'stage_started', 'stage_completed'] as const;
  const first = await tell(outbox.database, {
    callbackUrl: receiver.url,
    at: clock.now(),
    events: [...events],
  });
  const second = await tell(outbox.database, {
    callbackUrl: receiver.url,
    at: clock.now(),
    events: [...events],
  });
  const newestFirst = [...first.eventIds, ...second.eventIds].reverse();
  await outbox.database.pool.query("update webhook_delivery set status = 'exhausted' where id = $1", [
    first.eventIds[1],
  ]);
  const { listDeliveries } = createDeliveryAdmin({ database: outbox.database, clock, wake: () => {} });
  const anything = {
    status: null,
    request_id: null,
    receiver: null,
    event_type: null,
    since: null,
    until: null,
  };
  const all = { ...anything, limit: 4, cursor: null };
  const ids = ({ rows }: { rows: { id: string }[] }) => rows.map((row) => row.id);

  const page = await listDeliveries(all);
  expect(ids(page)).toEqual(newestFirst.slice(0, 4));
  const last = await listDeliveries({ ...all, cursor: page.next });
  expect(ids(last)).toEqual(newestFirst.slice(4));
  expect(last.next).toBeNull();

  expect(ids(await listDeliveries({ ...all, status: 'exhausted' }))).toEqual([first.eventIds[1]]);
  expect(ids(await listDeliveries({ ...all, request_id: second.requestId }))).toEqual(
    [...second.eventIds].reverse(),
  );
  expect(ids(await listDeliveries({ ...all, status: 'pending', request_id: first.requestId }))).toEqual([
    first.eventIds[2],
    first.eventIds[0],
  ]);
  for (const nothing of [
    { status: 'lost' },
    { status: 'a\0b' },
    { request_id: UNKNOWN },
    { request_id: 'x' },
  ]) {
    expect(await listDeliveries({ ...all, ...nothing })).toEqual({ rows: [], next: null });
  }
});
