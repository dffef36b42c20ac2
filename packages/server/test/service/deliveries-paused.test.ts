import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Counterpart, startCounterpart } from './counterpart.ts';
import { deliveryWords, isDelivered, isExhausted, viewer } from './delivery-words.ts';
import { expectFaultsAt, expectRefusal } from './refusal.ts';
import { type Answer, admin, caller, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

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

const { list, start, untilAll, exhausted, callsTo, audit } = deliveryWords(
  () => stand,
  () => down,
);
const turn = (verb: 'pause' | 'resume', receiver: string, more: object = {}) =>
  stand.call<Receiver>(admin, 'POST', `/admin/receivers/${verb}`, { receiver, ...more });

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
