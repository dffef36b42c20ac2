import { type Instant, secondsAfter } from '@awe/engine/instant';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDeadlines } from '../../../packages/server/src/deadlines/deadlines.ts';
import { startCounterpart } from '../../../packages/server/test/service/counterpart.ts';
import { admin, openStand, person, type Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../../packages/server/test/service/story.ts';
import { happenings } from '../../../packages/server/test/webhooks/happenings.ts';
import { ledgerFaults } from '../../truth/ledger-faults.ts';
import { deliveryWords } from './delivery-words.ts';

let stand: Stand;
let story: ReturnType<typeof storyOf>;

beforeAll(async () => {
  stand = await openStand({ replicas: 2, env: { AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' } });
  story = storyOf(stand);
  const { publish } = stand;
  await publish(policyOf('pair', [{ rules: [user('alice')] }, { rules: [user('bob')] }]));
  await publish(policyOf('urgent', [{ rules: [user('alice')], sla_hours: 2, on_breach: 'auto_reject' }]));
});
afterEach(async () => expect(await ledgerFaults(stand.sql)).toEqual([]));
afterAll(() => stand.close());

const start = async (policy: string, headers: Record<string, string> = {}, artifact_id = 'a') => {
  const { status, text, body } = await story.create(
    policy,
    { callback_url: stand.receiver.url, artifact_id },
    headers,
  );
  expect([status, text]).toEqual([201, expect.any(String)]);
  return body.request_id;
};
/** Through the replica that did not write the request last. */
const approveElsewhere = async (id: string, who: string) => {
  const { id: task } = await story.taskOf(id, who);
  return stand.call(person(who), 'POST', `/tasks/${task}/decision`, { action: 'approve' }, { replica: 1 });
};
const timesOf = async (id: string) => (await story.timeline(id)).map((each) => each.created_at);

describe('a clock that is set back by an hour', () => {
  it('makes ids that are new and go on rising, and no timeline goes back', async () => {
    const before = await Promise.all([start('pair'), start('pair'), start('pair')]);
    stand.clock.advance(-1);
    const after = [await start('pair'), await start('pair')];
    expect([...new Set([...before, ...after])]).toHaveLength(5);
    for (const id of after) expect(before.every((each) => each < id)).toBe(true);
    const [old = ''] = before;
    for (const who of ['alice', 'bob']) expect((await story.decide(old, who, 'approve')).status).toBe(201);
    expect(await story.statusOf(old)).toBe('approved');
    const times = await timesOf(old);
    expect(times).toEqual([...times].sort());
    stand.clock.advance(1);
  });

  it('holds back no webhook of a request that is older than that (defect: it waited for the hour to come again)', async () => {
    const id = await start('pair');
    stand.clock.advance(-1);
    expect((await approveElsewhere(id, 'alice')).status).toBe(201);
    const started = await stand.receiver.expect(
      (each) => each.request_id === id && each.event_type === 'stage_started' && each.data.stage_order === 2,
    );
    expect(started.genuine).toBe(true);
    await deliveryWords(stand).untilAll(id, (each) => each.status === 'delivered');
    stand.clock.advance(1);
  });

  it('repeats the first answer under an idempotency key, and expires nothing before its time, nor twice', async () => {
    const headers = { 'idempotency-key': 'over-the-step' };
    const id = await start('urgent', headers, 'key');
    const due = (await story.taskOf(id, 'alice')).due_at;
    stand.clock.advance(-1);
    expect(await start('urgent', headers, 'key')).toBe(id);
    await stand.hoursPass(2.9);
    expect(await story.statusOf(id)).toBe('in_review');
    expect((await story.taskOf(id, 'alice')).due_at).toBe(due);
    await stand.hoursPass(0.2);
    expect(await story.statusOf(id)).toBe('rejected');
    stand.clock.advance(-1);
    await stand.hoursPass(1);
    const types = await story.eventTypes(id);
    expect(types.filter((each) => each === 'task_expired')).toHaveLength(1);
  });
});

describe('a clock that is set forward by a day', () => {
  it('lets what is due by it happen once, and the rest go on', async () => {
    const [late, free] = [await start('urgent'), await start('pair')];
    await stand.hoursPass(24);
    await stand.receiver.expect((each) => each.request_id === late && each.event_type === 'request_rejected');
    for (const who of ['alice', 'bob']) expect((await approveElsewhere(free, who)).status).toBe(201);
    await stand.receiver.expect((each) => each.request_id === free && each.event_type === 'request_approved');
    const times = await timesOf(free);
    expect(times).toEqual([...times].sort());
  });

  it('ends the leases of attempts under way: they are made again, and the success counts', async () => {
    const waiting = await startCounterpart('silent');
    const { body } = await story.create('pair', { callback_url: waiting.url });
    await waiting.called(1);
    stand.clock.advance(24);
    await waiting.called(2);
    waiting.answers({ status: 204 });
    const words = deliveryWords(stand);
    const delivered = await words.untilAll(body.request_id, (each) => each.status === 'delivered');
    expect(delivered.map((each) => each.attempt)).toEqual([1, 1]);
    await stand.call(admin, 'POST', `/requests/${body.request_id}/cancel`, {});
    waiting.close();
  });

  it('does not make the deadlines oversleep what is due soon after (defect: up to a check interval late)', async () => {
    let now: Instant = '2026-04-23T10:00:00.000Z';
    const due: string[] = [];
    const asked = happenings<Instant>();
    const ticked = happenings<string>();
    const deadlines = createDeadlines({
      clock: { now: () => now, newId: () => '' },
      due: {
        requests: async () => due.splice(0),
        next: async () => {
          asked.add(now);
          return null;
        },
      },
      tick: async (id) => {
        ticked.add(id);
        return true;
      },
      isUnavailable: () => false,
      checkIntervalSeconds: 3600,
      log: { error: () => {} },
    });
    deadlines.start();
    await asked.reach(1);
    // Whatever follows from the answer has followed once the event loop turns: it sleeps, and only then is the clock set.
    await new Promise((resolve) => setImmediate(resolve));
    now = secondsAfter(now, 86_400);
    due.push('request');
    deadlines.expect(secondsAfter(now, 0.01));
    expect(await ticked.reach(1)).toEqual(['request']);
    await deadlines.stop();
  });
});
