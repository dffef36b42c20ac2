import { nextAttemptAt, retryAfterSeconds } from '@awe/server/webhooks/retry-schedule';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Outbox, openOutbox, testClock, type WorkerOptions } from './outbox.ts';
import { type Answer, type Receiver, startReceiver } from './receiver.ts';
import { tell } from './story.ts';

let outbox: Outbox;
let receiver: Receiver;
let answer: () => Answer | Promise<Answer>;
const clock = testClock();

beforeEach(async () => {
  outbox = await openOutbox();
  receiver = await startReceiver(() => answer());
});
afterEach(async () => {
  await outbox.close();
  await receiver.close();
});

/** Sends one event once. */
async function afterOneAttempt(webhook: WorkerOptions['webhook'] = {}) {
  await tell(outbox.database, { callbackUrl: receiver.url, at: clock.now() });
  const worker = outbox.worker({ clock, webhook });
  worker.dispatcher.start();
  await worker.recorded.reach(1);
  return worker;
}

function inSeconds(seconds: number): string {
  return new Date(Date.parse(clock.now()) + seconds * 1000).toISOString();
}

test('a failing callback is tried six times at growing distances, then it is exhausted', async () => {
  answer = () => ({ status: 500 });
  const { dispatcher, recorded, log } = await afterOneAttempt();
  const waits = [60, 300, 900, 3600, 21600];
  for (const [index, wait] of waits.entries()) {
    expect(await outbox.rows()).toMatchObject([
      { status: 'pending', attempt: index + 1, next_attempt_at: inSeconds(wait) },
    ]);
    clock.pass(wait);
    dispatcher.wake();
    await recorded.reach(index + 2);
  }
  const [row] = await outbox.rows();
  expect(row).toMatchObject({
    status: 'exhausted',
    attempt: 6,
    next_attempt_at: null,
    last_status_code: 500,
    last_error: 'the receiver answered 500',
  });
  expect(log.all).toEqual([
    {
      level: 'warn',
      detail: { delivery_id: row?.id, status_code: 500, error: 'the receiver answered 500' },
      message: 'a callback is exhausted; it can be retried by hand',
    },
  ]);
  const sent = receiver.calls.all;
  expect(new Set(sent.map((call) => call.body)).size).toBe(1);
  const at = sent.map((call) => Number(call.headers['x-approval-timestamp']));
  expect(at.slice(1).map((time, index) => time - (at[index] ?? 0))).toEqual(waits);
});

test('a receiver that is gone is not asked again', async () => {
  answer = () => ({ status: 410 });
  await afterOneAttempt();
  expect(await outbox.rows()).toMatchObject([
    {
      status: 'exhausted',
      attempt: 1,
      next_attempt_at: null,
      last_status_code: 410,
      last_error: 'the receiver answered 410: nobody listens there any more',
    },
  ]);
});

test('a receiver that asks for time gets it', async () => {
  answer = () => ({ status: 429, headers: { 'retry-after': '120' } });
  await afterOneAttempt();
  expect(await outbox.rows()).toMatchObject([
    { status: 'pending', attempt: 1, next_attempt_at: inSeconds(120), last_status_code: 429 },
  ]);
});

test('a receiver that names a date is asked after that date', async () => {
  const date = new Date(Date.parse(clock.now()) + 3_600_000);
  date.setUTCMilliseconds(0);
  answer = () => ({ status: 503, headers: { 'retry-after': date.toUTCString() } });
  await afterOneAttempt();
  expect(await outbox.rows()).toMatchObject([{ status: 'pending', next_attempt_at: date.toISOString() }]);
});

test('Retry-After of any other status is not looked at', async () => {
  answer = () => ({ status: 500, headers: { 'retry-after': '7200' } });
  await afterOneAttempt();
  expect(await outbox.rows()).toMatchObject([{ next_attempt_at: inSeconds(60) }]);
});

test.each([
  [200, { status: 'delivered', attempt: 1, last_status_code: 200, last_error: null }],
  [410, { status: 'exhausted', attempt: 1, last_status_code: 410 }],
  [429, { status: 'pending', attempt: 1, last_status_code: 429 }],
])('the status %i decides, also when its body never comes', async (status, outcome) => {
  answer = () => ({ status, headers: { 'retry-after': '120', 'content-length': '10' }, body: 'never' });
  await afterOneAttempt();
  expect(await outbox.rows()).toMatchObject([outcome]);
});

test('a redirect is a failure and is not followed', async () => {
  const elsewhere = await startReceiver();
  answer = () => ({ status: 307, headers: { location: elsewhere.url } });
  await afterOneAttempt();
  expect(await outbox.rows()).toMatchObject([
    {
      status: 'pending',
      attempt: 1,
      last_status_code: 307,
      last_error: 'the receiver answered 307: redirects are not followed',
    },
  ]);
  expect(elsewhere.calls.all).toEqual([]);
  await elsewhere.close();
});

test('a receiver that is too slow has failed', async () => {
  answer = () => new Promise(() => {});
  await afterOneAttempt({ timeout_seconds: 0.05 });
  expect(await outbox.rows()).toMatchObject([
    {
      status: 'pending',
      attempt: 1,
      next_attempt_at: inSeconds(60),
      last_status_code: null,
      last_error: `${new URL(receiver.url).host} gave no answer within 0.05 s`,
    },
  ]);
});

test('a receiver that is not there has failed, and the error does not tell the URL', async () => {
  await receiver.close();
  await afterOneAttempt();
  const [row] = await outbox.rows();
  expect(row).toMatchObject({ status: 'pending', attempt: 1, last_status_code: null });
  expect(row?.last_error).toContain('ECONNREFUSED');
  expect(row?.last_error).not.toContain('token');
});

test('the schedule', () => {
  const schedule = { max_attempts: 4, backoff_seconds: [60, 300] };
  const now = '2026-04-23T10:00:00.000Z';
  expect(nextAttemptAt(schedule, 1, now, null)).toBe('2026-04-23T10:01:00.000Z');
  expect(nextAttemptAt(schedule, 2, now, null)).toBe('2026-04-23T10:05:00.000Z');
  expect(nextAttemptAt(schedule, 3, now, null)).toBe('2026-04-23T10:05:00.000Z');
  expect(nextAttemptAt(schedule, 4, now, 5)).toBeNull();
  expect(nextAttemptAt(schedule, 1, now, 30)).toBe('2026-04-23T10:01:00.000Z');
  expect(nextAttemptAt(schedule, 1, now, 259_200)).toBe('2026-04-26T10:00:00.000Z');
  expect(nextAttemptAt(schedule, 1, now, 999_999_999)).toBe('2026-04-30T10:00:00.000Z');
});

test('what Retry-After says', () => {
  const now = '2026-04-23T10:00:00.000Z';
  expect(retryAfterSeconds('90', now)).toBe(90);
  expect(retryAfterSeconds('Thu, 23 Apr 2026 10:01:00 GMT', now)).toBe(60);
  expect(retryAfterSeconds('Thu, 23 Apr 2026 09:00:00 GMT', now)).toBe(0);
  for (const text of [
    undefined,
    '',
    '-5',
    '1.5',
    'soon',
    'Thu Apr 23 10:01:00 2026',
    'Thu, 99 Apr GMT',
    'Thu, 99 Apr 2026 10:00:00 GMT',
  ]) {
    expect(retryAfterSeconds(text, now)).toBeNull();
  }
});
