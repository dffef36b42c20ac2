import { createHmac } from 'node:crypto';
import { systemClock } from '@awe/server/clock';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Outbox, openOutbox, SECRET, testClock } from './outbox.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { tell, tellMore } from './story.ts';

let outbox: Outbox;
let receiver: Receiver;

beforeEach(async () => {
  outbox = await openOutbox();
  receiver = await startReceiver();
});
afterEach(async () => {
  await outbox.close();
  await receiver.close();
});

test('a callback carries the event and both signatures', async () => {
  const at = systemClock.now();
  const { requestId, eventIds } = await tell(outbox.database, { callbackUrl: receiver.url, at });
  const { dispatcher, recorded } = outbox.worker({ clock: systemClock });
  dispatcher.start();
  await recorded.reach(1);

  const [call] = receiver.calls.all;
  const { body = '', headers = {} } = call ?? {};
  expect(JSON.parse(body)).toEqual({
    event_id: eventIds[0],
    event_type: 'request_created',
    request_id: requestId,
    artifact_type: 'payment',
    artifact_id: 'PAY-1',
    status: 'in_review',
    stage_order: 1,
    actor: 'u-amina',
    occurred_at: at,
    sequence: 1,
    data: {
      request_id: requestId,
      artifact_type: 'payment',
      artifact_id: 'PAY-1',
      status: 'in_review',
      stage_order: 1,
    },
  });
  expect(headers['content-type']).toBe('application/json');
  expect(headers['x-approval-event-id']).toBe(eventIds[0]);
  const timestamp = String(headers['x-approval-timestamp']);
  expect(headers['x-approval-signature']).toBe(
    `sha256=${createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex')}`,
  );
  expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
  expect(await outbox.rows()).toMatchObject([
    { status: 'delivered', attempt: 1, next_attempt_at: null, last_status_code: 200, last_error: null },
  ]);
  expect((await outbox.rows())[0]?.delivered_at).not.toBeNull();
});

test('a dispatcher that is woken does not wait for its next look', async () => {
  const clock = testClock();
  const { dispatcher, recorded } = outbox.worker({ clock });
  dispatcher.start();
  const { requestId } = await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
  dispatcher.wake();
  await recorded.reach(1);
  await tellMore(outbox.database, { requestId, at: clock.now(), events: ['request_approved'] });
  dispatcher.wake();
  await recorded.reach(2);
  expect(receiver.calls.all.map((call) => call.sequence)).toEqual([1, 2]);
});

test('a dispatcher that nobody wakes looks by itself', async () => {
  const clock = testClock();
  const { dispatcher, recorded } = outbox.worker({ clock, webhook: { poll_interval_seconds: 0.01 } });
  dispatcher.start();
  await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
  await recorded.reach(1);
});
