import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Counterpart, startCounterpart } from '../../../packages/server/test/service/counterpart.ts';
import { expectRefusal } from '../../../packages/server/test/service/refusal.ts';
import { openStand, person, type Stand } from '../../../packages/server/test/service/stand.ts';
import {
  type Created,
  policyOf,
  storyOf,
  type Task,
  user,
} from '../../../packages/server/test/service/story.ts';
import { skewedClock } from '../../neighbours/skewed-clock.ts';
import { ledgerFaults } from '../../truth/ledger-faults.ts';
import { deliveryWords } from './delivery-words.ts';
import { addReplica } from './more-replicas.ts';

const FIVE_MINUTES = 300;
const BEHIND = 0;
const AHEAD = 1;

let stand: Stand;
let story: ReturnType<typeof storyOf>;
let resolver: Counterpart;

beforeAll(async () => {
  const env = { AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '0.05' };
  stand = await openStand({ env });
  story = storyOf(stand);
  resolver = await startCounterpart({});
  await addReplica(stand, { clock: skewedClock(stand.clock, FIVE_MINUTES), env });
  const asked = { rule_type: 'http', rule_value: { url: resolver.url } };
  await stand.publish(policyOf('pair', [{ rules: [user('alice')] }, { rules: [user('bob')] }]));
  await stand.publish(policyOf('urgent', [{ rules: [user('alice')], sla_hours: 1 }]));
  await stand.publish(policyOf('asked', [{ rules: [user('alice')] }, { rules: [asked] }]));
});
afterEach(async () => expect(await ledgerFaults(stand.sql)).toEqual([]));
afterAll(async () => {
  await stand.close();
  resolver.close();
});

const create = (replica: number, policy_key: string, key?: string) =>
  stand.call<Created>(
    person('caller'),
    'POST',
    '/requests',
    { policy_key, artifact_type: 't', artifact_id: 'a', callback_url: stand.receiver.url },
    { replica, headers: key === undefined ? {} : { 'idempotency-key': key } },
  );
const approve = ({ id, assignee }: Task, replica: number) =>
  stand.call(person(assignee), 'POST', `/tasks/${id}/decision`, { action: 'approve' }, { replica });

describe('two replicas whose clocks differ by five minutes', () => {
  it.each([
    ['the one that is ahead', AHEAD, BEHIND],
    ['the one that is behind', BEHIND, AHEAD],
  ])(
    'work on one request in turn, begun by %s: no time goes back, no webhook waits',
    async (_, first, second) => {
      const { body } = await create(first, 'pair');
      const id = body.request_id;
      expect((await approve(await story.taskOf(id, 'alice'), second)).status).toBe(201);
      expect((await approve(await story.taskOf(id, 'bob'), first)).status).toBe(201);
      const events = await story.timeline(id);
      const times = events.map((each) => each.created_at);
      expect(times).toEqual([...times].sort());
      await deliveryWords(stand).untilAll(id, (each) => each.status === 'delivered');
      await stand.receiver.expect((each) => each.request_id === id && each.event_type === 'request_approved');
    },
  );

  it('take one of two decisions on one task, and one of two creations under one key', async () => {
    for (let round = 0; round < 10; round += 1) {
      const key = `apart-${round}`;
      const both = await Promise.all([create(BEHIND, 'pair', key), create(AHEAD, 'pair', key)]);
      expect(both.map((each) => each.status)).toEqual([201, 201]);
      expect(both[1]?.text).toBe(both[0]?.text);
      const [task] = both[0]?.body.tasks ?? [];
      if (!task) throw new Error('nobody was asked');
      const decided = await Promise.all([approve(task, BEHIND), approve(task, AHEAD)]);
      expect(decided.map((each) => each.status).sort()).toEqual([201, 409]);
      const loser = decided.find((each) => each.status === 409);
      if (loser) expectRefusal(loser, 409, 'AWE-007');
    }
  });

  it('expire a task once, by the clock that gets there first, and it can be decided at the other one', async () => {
    const { body } = await create(BEHIND, 'urgent');
    stand.clock.advance((3_600 - FIVE_MINUTES + 10) / 3_600);
    await Promise.all(stand.services.map((service) => service.runDeadlines()));
    expect((await story.taskOf(body.request_id, 'alice')).status).toBe('expired');
    expect((await approve(await story.taskOf(body.request_id, 'alice'), BEHIND)).status).toBe(201);
    const types = await story.eventTypes(body.request_id);
    expect(types.filter((each) => each === 'task_expired')).toHaveLength(1);
    expect(types.at(-1)).toBe('request_approved');
  });

  it('retry a stage whose people were not found, whoever wrote when', async () => {
    resolver.answers({ status: 500 });
    const { body } = await create(AHEAD, 'asked');
    expect((await approve(await story.taskOf(body.request_id, 'alice'), BEHIND)).status).toBe(201);
    resolver.answers({ body: { user_ids: ['dora'] } });
    // 5 s by the clock that is ahead.
    await stand.hoursPass(6 / 3_600);
    expect((await story.taskOf(body.request_id, 'dora')).status).toBe('open');
  });
});
