import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Counterpart, startCounterpart } from './counterpart.ts';
import { expectFaultsAt, expectRefusal } from './refusal.ts';
import { admin, caller, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

type Delivery = {
  id: string;
  request_id: string;
  event_id: string;
  event_type: string;
  sequence: number;
  callback_url: string;
  status: string;
  attempt: number;
  max_attempts: number;
  next_attempt_at: string | null;
  last_status_code: number | null;
  last_error: string | null;
  delivered_at: string | null;
};

let stand: Stand;
let story: ReturnType<typeof storyOf>;
let down: Counterpart;
const viewer = { sub: 'vic', roles: ['AWE_VIEWER'] };

beforeAll(async () => {
  // Those who send sleep in real time; with a short poll they see what the played clock made due.
  stand = await openStand({ replicas: 2, env: { AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' } });
  story = storyOf(stand);
  down = await startCounterpart({ status: 500 });
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
});
afterAll(async () => {
  down.close();
  await stand.close();
});

const start = async (callback_url: string) =>
  (await story.create('simple', { callback_url })).body.request_id;
const list = (query: string, who: Parameters<Stand['call']>[0] = viewer) =>
  stand.call<Delivery[]>(who, 'GET', `/admin/deliveries${query}`);
const deliveriesOf = async (id: string) => (await list(`?request_id=${id}`)).body;
const retry = (id: string, who = admin) => stand.call<Delivery>(who, 'POST', `/admin/deliveries/${id}/retry`);
/** Asks until the deliveries of a request are as they should be; the test's own limit ends the wait. */
const until = async (id: string, fit: (deliveries: Delivery[]) => boolean) => {
  for (;;) {
    const deliveries = await deliveriesOf(id);
    if (deliveries.length > 0 && fit(deliveries)) return deliveries;
  }
};
const untilAll = (id: string, fits: (delivery: Delivery) => boolean) => until(id, (all) => all.every(fits));

describe('a receiver that answers', () => {
  it('gets each event once, in order, and the list says so', async () => {
    const id = await start(stand.receiver.url);
    await story.decide(id, 'alice', 'approve');
    const delivered = await untilAll(id, (each) => each.status === 'delivered');
    const events = await story.timeline(id);
    expect(delivered.map((each) => [each.sequence, each.event_type])).toEqual([
      [5, 'request_approved'],
      [4, 'stage_completed'],
      [2, 'stage_started'],
      [1, 'request_created'],
    ]);
    for (const each of delivered) {
      const event = events[each.sequence - 1];
      expect(each).toMatchObject({
        request_id: id,
        event_id: event?.id,
        callback_url: stand.receiver.url,
        attempt: 1,
        max_attempts: 6,
        next_attempt_at: null,
        last_status_code: 204,
        delivered_at: expect.stringMatching(/Z$/),
      });
      const webhook = await stand.receiver.expect(({ event_id }) => event_id === each.event_id);
      expect(webhook).toMatchObject({
        event_type: each.event_type,
        request_id: id,
        artifact_id: 'a-1',
        sequence: each.sequence,
        status: event?.payload.status,
        data: event?.payload,
        genuine: true,
      });
    }
    for (const { id: delivery } of delivered) expectRefusal(await retry(delivery), 409, 'AWE-007', /already/);
  });

  it('is its path: the query is called, but tells no receivers apart', async () => {
    const id = await start(`${stand.receiver.url}?token=1#there`);
    await untilAll(id, (each) => each.status === 'delivered');
    const rows = await stand.sql('select distinct receiver from webhook_delivery where request_id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ receiver: stand.receiver.url }]);
  });

  it('may have a path longer than an index entry', async () => {
    const id = await start(`${stand.receiver.url}/${'long'.repeat(490)}`);
    await untilAll(id, (each) => each.status === 'delivered');
  });

  it('gets nothing when the request names none', async () => {
    const { body } = await story.create('simple');
    await story.decide(body.request_id, 'alice', 'approve');
    expect(await deliveriesOf(body.request_id)).toEqual([]);
  });
});

describe('a receiver that is down', () => {
  it('is tried after 1, 5, 15 minutes, 1 and 6 hours, and then no more', async () => {
    down.answers({ status: 500 });
    const id = await start(`${down.url}/exhausted`);
    let attempt = 1;
    for (const wait of [60, 300, 900, 3600, 21_600]) {
      const tried = await untilAll(id, (each) => each.attempt === attempt);
      for (const each of tried) {
        expect(each).toMatchObject({ status: 'pending', last_status_code: 500, delivered_at: null });
        const next = Date.parse(each.next_attempt_at ?? '') - Date.parse(stand.clock.now());
        expect(next).toBeLessThanOrEqual(wait * 1000);
        expect(next).toBeGreaterThan((wait - 30) * 1000);
      }
      stand.clock.advance(wait / 3600);
      attempt += 1;
    }
    const exhausted = await untilAll(id, (each) => each.status === 'exhausted');
    for (const each of exhausted) expect(each).toMatchObject({ attempt: 6, next_attempt_at: null });
    stand.clock.advance(1000);
    const calls = down.calls.filter((each) => each.path === '/exhausted');
    expect(calls).toHaveLength(2 * 6);

    down.answers({ status: 200 });
    const [first] = exhausted;
    const again = await retry(first?.id ?? '');
    expect([again.status, again.body.attempt, again.body.status === 'exhausted']).toEqual([200, 0, false]);
    const after = await until(id, (all) => all.some((each) => each.status === 'delivered'));
    expect(after.find((each) => each.id === first?.id)).toMatchObject({ status: 'delivered', attempt: 1 });
    expect(after.find((each) => each.id !== first?.id)).toMatchObject({ status: 'exhausted' });
  });

  it('gets everything once it is back', async () => {
    down.answers({ status: 503 });
    const id = await start(`${down.url}/back`);
    await untilAll(id, (each) => each.attempt === 1);
    await story.decide(id, 'alice', 'approve');
    await untilAll(id, (each) => each.attempt === 1);
    down.answers({ status: 204 });
    stand.clock.advance(61 / 3600);
    const delivered = await untilAll(id, (each) => each.status === 'delivered');
    expect(delivered.map((each) => each.attempt)).toEqual([2, 2, 2, 2]);
  });

  it('is tried at once when an operator says so in the table', async () => {
    down.answers({ status: 500 });
    const id = await start(`${down.url}/by-hand`);
    await untilAll(id, (each) => each.attempt === 1);
    down.answers({ status: 200 });
    await stand.sql('update webhook_delivery set next_attempt_at = now() where request_id = $1', [id]);
    const delivered = await untilAll(id, (each) => each.status === 'delivered');
    expect(delivered.map((each) => each.attempt)).toEqual([2, 2]);
  });

  it('is left alone when it says that it is gone for good', async () => {
    down.answers({ status: 410 });
    const id = await start(`${down.url}/gone`);
    const given = await untilAll(id, (each) => each.status === 'exhausted');
    expect(given.map((each) => [each.attempt, each.last_status_code])).toEqual([
      [1, 410],
      [1, 410],
    ]);
  });

  it('is waited for when it says how long', async () => {
    down.answers({ status: 429, headers: { 'retry-after': '7200' } });
    const id = await start(`${down.url}/busy`);
    const waiting = await untilAll(id, (each) => each.attempt === 1);
    for (const each of waiting) {
      const next = Date.parse(each.next_attempt_at ?? '') - Date.parse(stand.clock.now());
      expect(next).toBeGreaterThan(7_100_000);
    }
    await stand.call(admin, 'POST', `/requests/${id}/cancel`, {});
  });

  it('is not followed elsewhere', async () => {
    down.answers({ status: 307, headers: { location: stand.receiver.url } });
    const id = await start(`${down.url}/moved`);
    const moved = await untilAll(id, (each) => each.attempt === 1);
    expect(moved.map((each) => each.last_error)).toEqual([
      expect.stringContaining('redirect'),
      expect.stringContaining('redirect'),
    ]);
  });

  it('does not hold up another receiver', async () => {
    down.answers('silent');
    const before = down.calls.length;
    const held = await start(`${down.url}/silent`);
    await down.called(before + 1);
    const free = await start(stand.receiver.url);
    await untilAll(free, (each) => each.status === 'delivered');
    expect((await deliveriesOf(held)).every((each) => each.status === 'pending')).toBe(true);
    down.answers({ status: 200 });
  });
});

describe('the list', () => {
  it('is filtered by status and request together', async () => {
    const id = await start(stand.receiver.url);
    await untilAll(id, (each) => each.status === 'delivered');
    expect((await list(`?request_id=${id}&status=delivered`)).body).toHaveLength(2);
    expect((await list(`?request_id=${id}&status=exhausted`)).body).toEqual([]);
    const exhausted = (await list('?status=exhausted&limit=500')).body;
    expect(new Set(exhausted.map((each) => each.status))).toEqual(new Set(['exhausted']));
  });

  it('is read page by page along the Link header', async () => {
    const all = (await list('?limit=500')).body.map((each) => each.id);
    const seen: string[] = [];
    let path: string | null = '/admin/deliveries?limit=3';
    while (path !== null) {
      const page: { headers: Headers; body: Delivery[] } = await stand.call<Delivery[]>(viewer, 'GET', path);
      expect(page.body.length).toBeLessThanOrEqual(3);
      seen.push(...page.body.map((each) => each.id));
      const link: string | undefined = /^<\/v1\/awe([^>]+)>; rel="next"$/.exec(
        page.headers.get('link') ?? '',
      )?.[1];
      path = link ?? null;
    }
    expect(seen).toEqual(all);
    expectFaultsAt(await list('?cursor=made-up'), [['query', 'cursor']]);
  });

  it('is for viewers; trying again is for admins', async () => {
    expectRefusal(await list('', caller), 403, 'AWE-008');
    expectRefusal(await retry('x', viewer), 403, 'AWE-008');
    expectRefusal(await retry('0197b1a2-0000-7000-8000-000000000000'), 404, 'AWE-007');
  });
});

describe('a restart', () => {
  it('loses no webhook that was waiting', async () => {
    down.answers({ status: 500 });
    const id = await start(`${down.url}/restart`);
    await untilAll(id, (each) => each.attempt === 1);
    down.answers({ status: 200 });
    stand.clock.advance(61 / 3600);
    await stand.restart();
    await untilAll(id, (each) => each.status === 'delivered');
    const arrived = down.calls.filter((each) => each.path === '/restart').map((each) => each.body.sequence);
    expect(new Set(arrived)).toEqual(new Set([1, 2]));
  });
});
