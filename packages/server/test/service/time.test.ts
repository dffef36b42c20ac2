import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, type Task, user } from './story.ts';

let stand: Stand;
let story: ReturnType<typeof storyOf>;

beforeAll(async () => {
  stand = await openStand({ replicas: 2 });
  story = storyOf(stand);
  const { publish } = stand;
  const pair = { rules: [user('alice'), user('bob'), user('vera', { kind: 'observer' })], sla_hours: 48 };
  await publish(policyOf('silent', [pair]));
  await publish(policyOf('notify', [{ ...pair, on_breach: 'notify' }]));
  await publish(policyOf('approves', [{ ...pair, on_breach: 'auto_approve' }, { rules: [user('carl')] }]));
  await publish(
    policyOf('signs', [
      { rules: [user('alice', { required: true }), user('bob')], sla_hours: 48, on_breach: 'auto_approve' },
    ]),
  );
  await publish(policyOf('rejects', [{ ...pair, on_breach: 'auto_reject' }]));
  await publish(
    policyOf('escalates', [
      { ...pair, on_breach: 'escalate', escalation_rules: [user('boss'), user('alice')] },
    ]),
  );
  await publish(
    policyOf('escalates-to-nobody', [{ ...pair, on_breach: 'escalate', escalation_rules: [user('alice')] }]),
  );
});
afterAll(() => stand.close());

const start = async (policy: string) => {
  const { body } = await story.create(policy, { callback_url: stand.receiver.url });
  return body.request_id;
};
const eventsOf = async (id: string, type: string) =>
  (await story.timeline(id)).filter((each) => each.event_type === type);
const lastOf = async (id: string) => (await story.timeline(id)).at(-1);
const hoursBetween = (from: string, to: string | null) =>
  (Date.parse(to ?? '') - Date.parse(from)) / 3_600_000;

describe('a task with a time limit', () => {
  it('is due when the policy says; an observer never is', async () => {
    const id = await start('notify');
    for (const name of ['alice', 'bob']) {
      const task = await story.taskOf(id, name);
      expect(hoursBetween(task.created_at, task.due_at)).toBe(48);
    }
    expect((await story.taskOf(id, 'vera')).due_at).toBeNull();
    await stand.hoursPass(47.9);
    expect(await eventsOf(id, 'task_expired')).toEqual([]);
  });

  it('expires once, however many replicas look, and the owner is told', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => start('notify')));
    await stand.hoursPass(48);
    await stand.hoursPass(0);
    for (const id of ids) {
      const expired = await eventsOf(id, 'task_expired');
      const due = await Promise.all(['alice', 'bob'].map((name) => story.taskOf(id, name)));
      expect(
        expired.map((each) => [each.payload.task_id, each.payload.assignee, each.payload.due_at]),
      ).toEqual(due.map((task) => [task.id, task.assignee, task.due_at]));
      for (const task of due) {
        expect(task.status).toBe('expired');
        const told = await stand.receiver.expect(
          (each) => each.event_type === 'task_expired' && each.data.task_id === task.id,
        );
        expect(told).toMatchObject({ request_id: id, status: 'in_review', genuine: true });
      }
      const rows = await stand.sql(
        `select 1 from webhook_delivery where request_id = $1 and event_type = 'task_expired'`,
        [id],
      );
      expect(rows).toHaveLength(2);
      expect((await story.taskOf(id, 'vera')).status).toBe('open');
    }
  });

  it('that was claimed expires too; one that was decided does not', async () => {
    const id = await start('notify');
    await story.decide(id, 'alice', 'approve');
    const bobs = await story.taskOf(id, 'bob');
    await stand.call({ sub: 'bob' }, 'POST', `/tasks/${bobs.id}/claim`);
    await stand.hoursPass(48);
    expect((await story.taskOf(id, 'alice')).status).toBe('completed');
    expect((await story.taskOf(id, 'bob')).status).toBe('expired');
  });

  it('of a request that has ended stays as it is', async () => {
    const id = await start('rejects');
    await stand.call(admin, 'POST', `/requests/${id}/cancel`, {});
    await stand.hoursPass(1000);
    expect((await lastOf(id))?.event_type).toBe('request_cancelled');
  });
});

describe('an expired task', () => {
  it.each(['silent', 'notify'])('can still be decided, late (%s)', async (policy) => {
    const id = await start(policy);
    await story.decide(id, 'alice', 'approve');
    await stand.hoursPass(49);
    expect(await story.statusOf(id)).toBe('in_review');
    expect((await story.decide(id, 'bob', 'approve')).status).toBe(201);
    const decided = await eventsOf(id, 'task_decided');
    expect(decided.map((each) => each.payload.late)).toEqual([undefined, true]);
    expect(await story.statusOf(id)).toBe('approved');
  });

  it('cannot be claimed', async () => {
    const id = await start('notify');
    await stand.hoursPass(49);
    const task = await story.taskOf(id, 'alice');
    const claimed = await stand.call({ sub: 'alice' }, 'POST', `/tasks/${task.id}/claim`);
    expect([claimed.status, claimed.text]).toEqual([409, expect.stringContaining('AWE-007')]);
  });

  it('gets a fresh interval when it is given to somebody else; one that is not due keeps its own', async () => {
    const id = await start('notify');
    const bobs = await story.taskOf(id, 'bob');
    await stand.hoursPass(10);
    const reassign = (task: Task, new_assignee: string) =>
      stand.call<Task>(admin, 'POST', `/tasks/${task.id}/reassign`, {
        new_assignee,
      });
    expect((await reassign(bobs, 'dora')).body.due_at).toBe(bobs.due_at);
    await stand.hoursPass(40);
    const alices = await story.taskOf(id, 'alice');
    expect(alices.status).toBe('expired');
    const fresh = await reassign(alices, 'emil');
    expect(fresh.body).toMatchObject({ status: 'open', reassigned_from: 'alice' });
    expect(hoursBetween(fresh.body.created_at, fresh.body.due_at)).toBe(48);
    await stand.hoursPass(48);
    expect((await story.taskOf(id, 'emil')).status).toBe('expired');
    expect(await eventsOf(id, 'task_expired')).toHaveLength(3);
  });

  it('is given away with a fresh interval also before anybody noticed that it is late', async () => {
    const id = await start('notify');
    const alices = await story.taskOf(id, 'alice');
    stand.clock.advance(49);
    const given = await stand.call<Task>(admin, 'POST', `/tasks/${alices.id}/reassign`, {
      new_assignee: 'emil',
    });
    expect(hoursBetween(given.body.created_at, given.body.due_at)).toBe(48);
  });
});

describe('on_breach', () => {
  it('auto_approve: the monitor approves for who did not come, and the next stage opens', async () => {
    const id = await start('approves');
    await story.decide(id, 'alice', 'approve');
    await stand.hoursPass(48);
    const decided = await eventsOf(id, 'task_decided');
    expect(decided.map(({ payload: { actor, action, late } }) => ({ actor, action, late }))).toEqual([
      { actor: 'alice', action: 'approve', late: undefined },
      { actor: 'sla-monitor', action: 'approve', late: undefined },
    ]);
    expect((await story.taskOf(id, 'carl')).status).toBe('open');
    const rows = await stand.sql(
      `select actor, action from approval_decision where request_id = $1 order by id`,
      [id],
    );
    expect(rows).toEqual([
      { actor: 'alice', action: 'approve' },
      { actor: 'sla-monitor', action: 'approve' },
    ]);
  });

  it('auto_approve: a required seat still has to sign', async () => {
    const id = await start('signs');
    await stand.hoursPass(48);
    expect(await story.statusOf(id)).toBe('in_review');
    expect((await story.taskOf(id, 'alice')).status).toBe('expired');
    expect((await story.taskOf(id, 'bob')).status).toBe('completed');
    await story.decide(id, 'alice', 'approve');
    expect(await story.statusOf(id)).toBe('approved');
  });

  it('auto_reject: the monitor rejects', async () => {
    const id = await start('rejects');
    await story.decide(id, 'alice', 'approve');
    await stand.hoursPass(48);
    expect(await story.statusOf(id)).toBe('rejected');
    expect(await lastOf(id)).toMatchObject({
      event_type: 'request_rejected',
      payload: { actor: 'sla-monitor', reason: expect.any(String) },
    });
    await stand.receiver.expect((each) => each.request_id === id && each.event_type === 'request_rejected');
  });

  it('escalate: asks more people, with a fresh limit, and nobody twice; who is late still counts', async () => {
    const id = await start('escalates');
    await stand.hoursPass(48);
    const [escalated] = await eventsOf(id, 'stage_escalated');
    expect(escalated?.payload).toMatchObject({ added: ['boss'], attempt: 1 });
    const boss = await story.taskOf(id, 'boss');
    expect(boss.status).toBe('open');
    expect(hoursBetween(boss.created_at, boss.due_at)).toBe(48);
    await story.decide(id, 'boss', 'approve');
    expect(await story.statusOf(id)).toBe('in_review');
    await story.decide(id, 'bob', 'approve');
    expect(await story.statusOf(id)).toBe('approved');
    expect((await story.taskOf(id, 'alice')).status).toBe('expired');
  });

  it('escalate: once; when those breach too, it waits for any of them', async () => {
    const id = await start('escalates');
    await stand.hoursPass(48);
    await stand.hoursPass(48);
    await stand.hoursPass(480);
    expect(await eventsOf(id, 'stage_escalated')).toHaveLength(1);
    expect(await eventsOf(id, 'task_expired')).toHaveLength(3);
    expect(await story.statusOf(id)).toBe('in_review');
  });

  it('escalate: to nobody new is told, and the late can still decide', async () => {
    const id = await start('escalates-to-nobody');
    await stand.hoursPass(48);
    expect((await eventsOf(id, 'stage_escalated'))[0]?.payload.added).toEqual([]);
    await story.decide(id, 'alice', 'approve');
    await story.decide(id, 'bob', 'approve');
    expect(await story.statusOf(id)).toBe('approved');
  });

  it('waits until the last one is past due, also one who was asked later', async () => {
    const id = await start('rejects');
    await stand.hoursPass(47);
    const bobs = await story.taskOf(id, 'bob');
    await stand.hoursPass(2);
    expect(await story.statusOf(id)).toBe('rejected');
    expect(bobs.status).toBe('open');
  });
});

describe('the watcher', () => {
  it('wakes by itself when the next task is due, on every replica at once, and acts once', async () => {
    const id = await start('rejects');
    const { due_at } = await story.taskOf(id, 'alice');
    // Those who watch sleep in real time: they start with a fraction of a second to go.
    stand.clock.advance((Date.parse(due_at ?? '') - Date.parse(stand.clock.now()) - 1_500) / 3_600_000);
    await stand.restart();
    expect(await eventsOf(id, 'request_rejected')).toHaveLength(0);
    await stand.receiver.expect((each) => each.request_id === id && each.event_type === 'request_rejected');
    expect(await eventsOf(id, 'task_expired')).toHaveLength(2);
    expect(await eventsOf(id, 'request_rejected')).toHaveLength(1);
  });

  it('looks again at every check interval, and sees what an operator changed', async () => {
    const watched = await openStand({ env: { AWE__SLA__CHECK_INTERVAL_SECONDS: '0.05' } });
    const { create } = storyOf(watched);
    await watched.publish(
      policyOf('rejects', [{ rules: [user('alice')], sla_hours: 1, on_breach: 'auto_reject' }]),
    );
    const { body } = await create('rejects', { callback_url: watched.receiver.url });
    await watched.sql(`update approval_task set due_at = now() - interval '1 minute'`);
    await watched.receiver.expect((each) => each.event_type === 'request_rejected');
    expect(await storyOf(watched).statusOf(body.request_id)).toBe('rejected');
    await watched.close();
  });
});
