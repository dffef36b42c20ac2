import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Counterpart, startCounterpart } from './counterpart.ts';
import { type Delivery, deliveryWords, isDelivered, viewer } from './delivery-words.ts';
import { expectFaultsAt, expectRefusal } from './refusal.ts';
import { admin, caller, openStand, type Stand } from './stand.ts';
import { policyOf, user } from './story.ts';

type Detail = Delivery & {
  attempts: { at: string; duration_ms: number; status_code: number | null; error: string | null }[];
  payload: Record<string, unknown>;
};
type Replay = { replayed: number; dry_run: boolean };
let stand: Stand;
let down: Counterpart;

beforeAll(async () => {
  stand = await openStand({ replicas: 2, env: { AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' } });
  down = await startCounterpart({ status: 410 });
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
});
afterAll(async () => {
  down.close();
  await stand.close();
});

const { list, start, untilAll, exhausted, callsTo, audit } = deliveryWords(
  () => stand,
  () => down,
);
const detail = (id: string) => stand.call<Detail>(viewer, 'GET', `/admin/deliveries/${id}`);
const replay = (body: object, who = admin) =>
  stand.call<Replay>(who, 'POST', '/admin/deliveries/replay', body);
const always = { since: '2020-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' };

describe('a delivery', () => {
  it('shows each attempt, and the body as it is sent', async () => {
    down.answers({ status: 503 });
    const path = '/detail';
    const id = await start(`${down.url}${path}`);
    const [tried] = await untilAll(id, ({ attempt }) => attempt === 1);
    down.answers({ status: 204, body: '' });
    await stand.sql('update webhook_delivery set next_attempt_at = now() where request_id = $1', [id]);
    await untilAll(id, isDelivered);
    const { body } = await detail(tried?.id ?? '');
    expect(body).toMatchObject({ id: tried?.id, status: 'delivered', attempt: 2, max_attempts: 6 });
    expect(body.attempts).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/),
        duration_ms: expect.any(Number),
        status_code: 503,
        error: 'the receiver answered 503',
      },
      { at: body.delivered_at, duration_ms: expect.any(Number), status_code: 204, error: null },
    ]);
    const sent = callsTo(path).filter((call) => call.body.event_id === tried?.id);
    expect(sent.map((call) => JSON.stringify(call.body))).toEqual([
      JSON.stringify(body.payload),
      JSON.stringify(body.payload),
    ]);
  });

  it('keeps its last fifty attempts, also over a retry by hand', async () => {
    const { deliveries } = await exhausted('/fifty');
    const id = deliveries[0]?.id ?? '';
    await stand.sql(
      `update webhook_delivery set attempts = (
         select jsonb_agg(jsonb_build_object('at', '2026-01-01T00:00:00.000Z', 'duration_ms', n, 'status_code', 410,
           'error', 'x')) from generate_series(1, 50) as n
       ) where id = $1`,
      [id],
    );
    down.answers({ status: 200 });
    await stand.call(admin, 'POST', `/admin/deliveries/${id}/retry`);
    for (;;) if ((await detail(id)).body.status === 'delivered') break;
    const { attempts } = (await detail(id)).body;
    expect(attempts).toHaveLength(50);
    expect(attempts[0]).toMatchObject({ duration_ms: 2 });
    expect(attempts.at(-1)).toMatchObject({ status_code: 200, error: null });
  });

  it('that does not exist is not found', async () => {
    expectRefusal(await detail('x'), 404, 'AWE-007', /no delivery x/);
    expectRefusal(await detail('0197b1a2-0000-7000-8000-000000000000'), 404, 'AWE-007');
    expectRefusal(await stand.call(caller, 'GET', '/admin/deliveries/x'), 403, 'AWE-008');
  });
});

describe('the list', () => {
  it('is filtered by receiver, event and time, all together and page by page', async () => {
    const { receiver, deliveries } = await exhausted('/listed');
    const ids = deliveries.map(({ id }) => id);
    const idsOf = async (query: object) => (await list(query)).body.map(({ id }) => id);
    expect(await idsOf({ receiver })).toEqual(ids);
    expect(await idsOf({ receiver, event_type: 'request_created' })).toEqual(ids.slice(1));
    expect(await idsOf({ receiver, status: 'delivered' })).toEqual([]);
    expect(await idsOf({ receiver: `${receiver}/other` })).toEqual([]);
    const at = deliveries[0]?.created_at ?? '';
    const next = new Date(Date.parse(at) + 1).toISOString();
    expect(await idsOf({ receiver, since: at, until: next })).toEqual(ids);
    expect(await idsOf({ receiver, until: at })).toEqual([]);
    expect(await idsOf({ receiver, since: next })).toEqual([]);

    const first = await list({ receiver, limit: 1 });
    const cursor = new URL(/<([^>]+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '', 'http://x')
      .searchParams;
    expect(await idsOf(Object.fromEntries(cursor))).toEqual(ids.slice(1));
    expectFaultsAt(await list({ cursor: cursor.get('cursor') }), [['query', 'cursor']]);
    expectFaultsAt(await list({ since: 'yesterday' }), [['query', 'since']]);
  });
});

describe('a replay', () => {
  it('sends what was given up again, once, and says how many', async () => {
    const { receiver, request_id, deliveries } = await exhausted('/replayed');
    const other = await exhausted('/not-replayed');
    down.answers({ status: 200 });
    const dry = await replay({ receiver, ...always, dry_run: true });
    expect([dry.status, dry.body]).toEqual([200, { replayed: 2, dry_run: true }]);
    expect(await audit('delivery.replay', receiver)).toEqual([]);
    expect((await list({ request_id })).body).toEqual(deliveries);

    expect((await replay({ receiver, ...always })).body).toEqual({ replayed: 2, dry_run: false });
    const arrived = await untilAll(request_id, isDelivered);
    expect(arrived.map(({ id, attempt }) => [id, attempt])).toEqual(deliveries.map(({ id }) => [id, 1]));
    expect(callsTo('/replayed').map((call) => call.body.sequence)).toEqual([1, 2, 1, 2]);
    expect(await audit('delivery.replay', receiver)).toMatchObject([
      { actor: 'ada', metadata: { statuses: ['exhausted'], count: 2, since: '2020-01-01T00:00:00.000Z' } },
    ]);
    expect((await replay({ receiver, ...always })).body).toEqual({ replayed: 0, dry_run: false });
    expect((await list({ request_id: other.request_id })).body).toEqual(other.deliveries);
  });

  it('sends what was delivered again when it is asked to, with the same event ids', async () => {
    down.answers({ status: 200 });
    const receiver = `${down.url}/lost`;
    const id = await start(receiver);
    await untilAll(id, isDelivered);
    const sent = callsTo('/lost').map((call) => call.body.event_id);
    expect((await replay({ receiver, ...always })).body.replayed).toBe(0);
    expect((await replay({ receiver, ...always, statuses: ['delivered', 'exhausted'] })).body.replayed).toBe(
      2,
    );
    await untilAll(id, isDelivered);
    expect(callsTo('/lost').map((call) => call.body.event_id)).toEqual([...sent, ...sent]);
    expect(callsTo('/lost').map((call) => call.body.sequence)).toEqual([1, 2, 1, 2]);
  });

  it('keeps to its time, and to a receiver that can be', async () => {
    const { receiver, deliveries } = await exhausted('/timed');
    const at = deliveries[0]?.created_at ?? '';
    expect((await replay({ receiver, since: always.since, until: at })).body.replayed).toBe(0);
    expect((await replay({ receiver: 'a\u{1f600}', ...always })).body.replayed).toBe(0);
  });

  it('needs a range of time, statuses that exist, and an administrator', async () => {
    expectFaultsAt(await replay({}), [
      ['body', 'since'],
      ['body', 'until'],
    ]);
    expect((await replay({ ...always, statuses: [] })).body).toEqual({ replayed: 0, dry_run: false });
    expectFaultsAt(await replay({ ...always, statuses: ['lost'] }), [['body', 'statuses', 0]]);
    expectRefusal(await replay(always, viewer), 403, 'AWE-008');
  });
});
