import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Counterpart, startCounterpart } from './counterpart.ts';
import { expectFaultsAt, expectRefusal } from './refusal.ts';
import { type Answer, admin, caller, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

type Delivery = {
  id: string;
  request_id: string;
  event_type: string;
  receiver: string;
  sequence: number;
  status: string;
  attempt: number;
  next_attempt_at: string | null;
  delivered_at: string | null;
  created_at: string;
};
type Detail = Delivery & {
  attempts: { at: string; duration_ms: number; status_code: number | null; error: string | null }[];
  payload: Record<string, unknown>;
};
type Replay = { replayed: number; dry_run: boolean };
type Receiver = {
  receiver: string;
  pending: number;
  exhausted: number;
  paused: boolean;
  paused_by: string | null;
  reason: string | null;
  oldest_pending_at: string | null;
  oldest_exhausted_at: string | null;
};

const viewer = { sub: 'vic', roles: ['AWE_VIEWER'] };

let stand: Stand;
let story: ReturnType<typeof storyOf>;
let down: Counterpart;

beforeAll(async () => {
  stand = await openStand({ replicas: 2, env: { AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' } });
  story = storyOf(stand);
  down = await startCounterpart({ status: 410 });
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
});
afterAll(async () => {
  down.close();
  await stand.close();
});

const start = async (callback_url: string) =>
  (await story.create('simple', { callback_url })).body.request_id;
const list = async (query: object) =>
  stand.call<Delivery[]>(viewer, 'GET', `/admin/deliveries?${new URLSearchParams({ ...query })}`);
const detail = (id: string) => stand.call<Detail>(viewer, 'GET', `/admin/deliveries/${id}`);
const replay = (body: object, who = admin) =>
  stand.call<Replay>(who, 'POST', '/admin/deliveries/replay', body);
const turn = (verb: 'pause' | 'resume', receiver: string, more: object = {}) =>
  stand.call<Receiver>(admin, 'POST', `/admin/receivers/${verb}`, { receiver, ...more });
/** Asks until the deliveries of a request are as they should be; the test's own limit ends the wait. */
const untilAll = async (request_id: string, fits: (delivery: Delivery) => boolean) => {
  for (;;) {
    const { body } = await list({ request_id });
    if (body.length > 0 && body.every(fits)) return body;
  }
};
const isDelivered = ({ status }: Delivery) => status === 'delivered';
const isExhausted = ({ status }: Delivery) => status === 'exhausted';
/** Two exhausted deliveries of a request, at a path of their own. */
const exhausted = async (path: string) => {
  down.answers({ status: 410 });
  const receiver = `${down.url}${path}`;
  const request_id = await start(receiver);
  return { receiver, request_id, deliveries: await untilAll(request_id, isExhausted) };
};
const callsTo = (path: string) => down.calls.filter((call) => call.path === path);
/** The audit rows of an action about a resource, newest first. */
const audit = async (action: string, resource_id: string) => {
  const query = new URLSearchParams({ action, resource_id });
  type Row = { before: unknown; after: unknown; metadata: Record<string, unknown>; actor: string };
  return (await stand.call<Row[]>(viewer, 'GET', `/admin/audit?${query}`)).body;
};
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

describe('a receiver that is paused', () => {
  /** Makes requests through a replica until it leaves one alone: its deliveries are written without a lease. */
  const untilHeld = async (receiver: string, replica: number) => {
    for (;;) {
      const body = { policy_key: 'simple', artifact_type: 't', artifact_id: 'a', callback_url: receiver };
      const created: Answer<{ request_id: string }> = await stand.call(caller, 'POST', '/requests', body, {
        replica,
      });
      const id = created.body.request_id;
      const now = stand.clock.now();
      const { body: rows } = await list({ request_id: id });
      if (rows.every((row) => row.attempt === 0 && (row.next_attempt_at ?? '') <= now)) return id;
    }
  };

  it('gets nothing from any replica, also after a restart, and everything in order when it is resumed', async () => {
    down.answers({ status: 200 });
    const receiver = `${down.url}/paused`;
    await untilAll(await start(receiver), isDelivered);
    const paused = await turn('pause', receiver, { reason: 'maintenance' });
    expect([paused.status, paused.body]).toEqual([
      200,
      expect.objectContaining({
        receiver,
        paused: true,
        paused_by: 'ada',
        reason: 'maintenance',
        pending: 0,
      }),
    ]);
    const held = [await untilHeld(receiver, 0), await untilHeld(receiver, 1)];
    const before = callsTo('/paused').length;
    await stand.restart();
    held.push(await untilHeld(receiver, 1));
    for (const id of held) await story.decide(id, 'alice', 'approve');
    // Whoever came later and is not paused has had everything: the dispatchers have looked since.
    await untilAll(await start(`${down.url}/not-paused`), isDelivered);
    expect(callsTo('/paused')).toHaveLength(before);
    for (const id of held) {
      for (const each of await untilAll(id, ({ status }) => status === 'pending')) {
        expect([each.attempt, (each.next_attempt_at ?? '') <= stand.clock.now()]).toEqual([0, true]);
      }
    }

    const resumed = await turn('resume', receiver);
    expect(resumed.body).toMatchObject({ receiver, paused: false, paused_by: null, reason: null });
    for (const id of held) {
      await untilAll(id, isDelivered);
      const calls = callsTo('/paused').filter((call) => call.body.request_id === id);
      expect(calls.map((call) => call.body.sequence)).toEqual([1, 2, 4, 5]);
    }
  }, 60_000);

  it('is paused and resumed once, whatever is repeated, and the audit log says so', async () => {
    const receiver = `${down.url}/twice`;
    const first = await turn('pause', receiver, { reason: 'one' });
    expect((await turn('pause', receiver, { reason: 'two' })).body).toEqual(first.body);
    expect(await audit('receiver.pause', receiver)).toMatchObject([
      { actor: 'ada', before: { paused: false }, after: { paused: true, reason: 'one' } },
    ]);
    await turn('resume', receiver);
    expect((await turn('resume', receiver)).status).toBe(200);
    expect(await audit('receiver.resume', receiver)).toMatchObject([
      { before: { paused: true }, after: { paused: false } },
    ]);
  });

  it('is listed with what waits and what was given up, page by page', async () => {
    const { receiver, deliveries } = await exhausted('/in-list');
    await turn('pause', `${down.url}/in-list-paused`);
    const read = (query: string) => stand.call<Receiver[]>(viewer, 'GET', `/admin/receivers${query}`);
    const all = (await read('?limit=500')).body;
    expect(all.map((each) => each.receiver)).toEqual(all.map((each) => each.receiver).sort());
    expect(all.find((each) => each.receiver === receiver)).toMatchObject({
      pending: 0,
      exhausted: 2,
      oldest_pending_at: null,
      oldest_exhausted_at: deliveries.at(-1)?.created_at,
      paused: false,
    });
    expect(all.find((each) => each.receiver === `${receiver}-paused`)).toMatchObject({
      pending: 0,
      exhausted: 0,
      paused: true,
    });
    const seen: Receiver[] = [];
    for (let query: string | undefined = '?limit=1'; query !== undefined; ) {
      const page: Answer<Receiver[]> = await read(query);
      seen.push(...page.body);
      query = /<[^?]+([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(all);
    expectFaultsAt(await read('?cursor=*'), [['query', 'cursor']]);
    expectRefusal(await stand.call(caller, 'GET', '/admin/receivers'), 403, 'AWE-008');
  });

  it('has the name of a receiver, and is for administrators to pause', async () => {
    for (const name of [
      'registry',
      'https://registry.example',
      'https://registry.example/?a=1',
      'ftp://x/',
    ]) {
      expectRefusal(await turn('pause', name), 400, 'AWE-010', /is no receiver/);
    }
    const long = `${down.url}/${'long'.repeat(200)}`;
    await untilAll(await start(long), isExhausted);
    const [delivery] = (await list({ limit: 1 })).body;
    expect(delivery?.receiver).toHaveLength(484);
    expect((await turn('pause', delivery?.receiver ?? '')).body).toMatchObject({
      exhausted: 2,
      paused: true,
    });
    expectRefusal(await turn('pause', long), 400, 'AWE-010');
    const body = { receiver: 'https://registry.example/' };
    for (const verb of ['pause', 'resume']) {
      expectRefusal(await stand.call(viewer, 'POST', `/admin/receivers/${verb}`, body), 403, 'AWE-008');
    }
  });
});
