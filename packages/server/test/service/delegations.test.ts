import { hoursAfter } from '@awe/engine/instant';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal } from './refusal.ts';
import { admin, openStand, person, type Stand } from './stand.ts';
import { policyOf, storyOf, type Task, user } from './story.ts';

type Delegation = { id: string; user_id: string; delegate_to: string; starts_at: string; ends_at: string };

let stand: Stand;
let story: ReturnType<typeof storyOf>;
const viewer = { sub: 'vic', roles: ['AWE_VIEWER'] };

beforeAll(async () => {
  stand = await openStand();
  story = storyOf(stand);
  await stand.publish(policyOf('one', [{ rules: [user('alice')] }]));
  await stand.publish(policyOf('pair', [{ rules: [user('alice', { required: true }), user('bob')] }]));
  await stand.publish(policyOf('watched', [{ rules: [user('carl'), user('alice', { kind: 'observer' })] }]));
  await stand.publish(
    policyOf('fair', [{ rules: [user('alice')] }, { rules: [user('bob')] }], {
      forbid_self_approval: true,
      forbid_repeat_approvers: true,
    }),
  );
});
afterEach(async () => {
  const { body } = await stand.call<Delegation[]>(admin, 'GET', '/delegations');
  for (const { id } of body) await stand.call(admin, 'DELETE', `/delegations/${id}`);
});
afterAll(() => stand.close());

/** A window around now, unless told: from and to in hours from now. */
const away = async (user_id: string, delegate_to: string, from = -1, to = 24, more: object = {}) => {
  const now = stand.clock.now();
  const answer = await stand.call<Delegation>(admin, 'POST', '/delegations', {
    user_id,
    delegate_to,
    starts_at: hoursAfter(now, from),
    ends_at: hoursAfter(now, to),
    ...more,
  });
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return answer.body;
};
const asked = async (policy: string, more: object = {}) => {
  const { body } = await story.create(policy, more);
  return body.tasks.map(({ assignee, delegated_from }) => [assignee, delegated_from]);
};

describe('the windows', () => {
  it('are written, listed newest first, and removed', async () => {
    const first = await away('alice', 'dora', -1, 24, { reason: 'leave' });
    const second = await away('bob', 'dora');
    expect(first).toEqual({
      id: expect.any(String),
      user_id: 'alice',
      delegate_to: 'dora',
      starts_at: expect.stringMatching(/\.\d{3}Z$/),
      ends_at: expect.stringMatching(/\.\d{3}Z$/),
      reason: 'leave',
      created_by: 'ada',
      created_at: expect.stringMatching(/\.\d{3}Z$/),
    });
    const all = await stand.call<Delegation[]>(viewer, 'GET', '/delegations');
    expect(all.body.map((each) => each.id)).toEqual([second.id, first.id]);
    const one = await stand.call<Delegation[]>(viewer, 'GET', '/delegations?user_id=alice');
    expect(one.body).toEqual([first]);
    expect((await stand.call(viewer, 'GET', '/delegations?user_id=nobody')).body).toEqual([]);
    const removed = await stand.call(admin, 'DELETE', `/delegations/${first.id}`);
    expect([removed.status, removed.text]).toEqual([204, '']);
    expectRefusal(await stand.call(admin, 'DELETE', `/delegations/${first.id}`), 404, 'AWE-004');
  });

  it('are given in any zone and kept in UTC', async () => {
    const window = { starts_at: '2026-01-01T02:00:00+02:00', ends_at: '2026-01-02T00:00:00.1234567-01:00' };
    expect(await away('zoe', 'dora', 0, 1, window)).toMatchObject({
      starts_at: '2026-01-01T00:00:00.000Z',
      ends_at: '2026-01-02T01:00:00.123Z',
    });
  });

  it('are for admins to write and for viewers to read', async () => {
    const { id } = await away('alice', 'dora');
    const body = {
      user_id: 'a',
      delegate_to: 'b',
      starts_at: '2026-01-01T00:00:00Z',
      ends_at: '2027-01-01T00:00:00Z',
    };
    for (const who of [viewer, person('alice')]) {
      expectRefusal(await stand.call(who, 'POST', '/delegations', body), 403, 'AWE-008');
      expectRefusal(await stand.call(who, 'DELETE', `/delegations/${id}`), 403, 'AWE-008');
    }
    expectRefusal(await stand.call(person('alice'), 'GET', '/delegations'), 403, 'AWE-008');
    expect((await stand.call<unknown[]>(viewer, 'GET', '/delegations')).body).toHaveLength(1);
  });
});

describe('a task for somebody who is away', () => {
  it('goes to the delegate, who decides it', async () => {
    await away('alice', 'dora');
    const { body } = await story.create('one');
    expect(body.tasks).toMatchObject([{ assignee: 'dora', delegated_from: 'alice', status: 'open' }]);
    const [task] = body.tasks;
    const decide = (who: string) =>
      stand.call(person(who), 'POST', `/tasks/${task?.id}/decision`, { action: 'approve' });
    expectRefusal(await decide('alice'), 403, 'AWE-008');
    expect((await decide('dora')).status).toBe(201);
    expect(await story.statusOf(body.request_id)).toBe('approved');
  });

  it('that exists already stays where it is, also when the window is removed', async () => {
    const before = await story.create('one');
    const { id } = await away('alice', 'dora');
    const during = await story.create('one');
    await stand.call(admin, 'DELETE', `/delegations/${id}`);
    expect((await story.taskOf(before.body.request_id, 'alice')).status).toBe('open');
    expect((await story.taskOf(during.body.request_id, 'dora')).status).toBe('open');
    expect(await asked('one')).toEqual([['alice', null]]);
  });

  it('follows the window from its start until just before its end', async () => {
    await away('alice', 'dora', 1, 2);
    expect(await asked('one')).toEqual([['alice', null]]);
    stand.clock.advance(1);
    expect(await asked('one')).toEqual([['dora', 'alice']]);
    stand.clock.advance(1);
    expect(await asked('one')).toEqual([['alice', null]]);
  });

  it('follows the window written last', async () => {
    await away('alice', 'dora');
    await away('alice', 'emil');
    expect(await asked('one')).toEqual([['emil', 'alice']]);
    // One that is not active yet does not count.
    await away('alice', 'finn', 5, 6);
    expect(await asked('one')).toEqual([['emil', 'alice']]);
  });

  it('stays when the delegate is away too, even if only by the other’s absence', async () => {
    await away('alice', 'bob');
    await away('bob', 'dora');
    expect(await asked('one')).toEqual([['alice', null]]);
    expect(await asked('pair')).toEqual([
      ['alice', null],
      ['dora', 'bob'],
    ]);
    await away('bob', 'alice');
    expect(await asked('pair')).toEqual([
      ['alice', null],
      ['bob', null],
    ]);
  });

  it('is one task and one vote when the delegate is asked already, and the seat stays required', async () => {
    await away('alice', 'bob');
    const { body } = await story.create('pair');
    expect(body.tasks).toHaveLength(1);
    const [started] = (await story.timeline(body.request_id)).filter(
      (each) => each.event_type === 'stage_started',
    );
    expect(started?.payload).toMatchObject({ needed: 1, approvers: ['bob'], required_approvers: ['bob'] });
    await story.decide(body.request_id, 'bob', 'approve');
    expect(await story.statusOf(body.request_id)).toBe('approved');
  });

  it('does not concern observers', async () => {
    await away('alice', 'dora');
    expect(await asked('watched')).toEqual([
      ['carl', null],
      ['alice', null],
    ]);
  });

  it('stays when the delegate asked for it', async () => {
    await away('alice', 'rita');
    expect(await asked('fair', { requester: 'rita' })).toEqual([['alice', null]]);
    expect(await asked('fair', { requester: 'somebody' })).toEqual([['rita', 'alice']]);
  });

  it('stays when the delegate has approved an earlier stage', async () => {
    await away('bob', 'alice');
    const { body } = await story.create('fair', { requester: 'rita' });
    await story.decide(body.request_id, 'alice', 'approve');
    const bobs: Task = await story.taskOf(body.request_id, 'bob');
    expect(bobs).toMatchObject({ assignee: 'bob', delegated_from: null });
  });

  it('is shown by a simulation', async () => {
    await away('alice', 'dora');
    const simulated = await stand.call<{ stages: { resolved_approvers: string[] }[] }>(
      viewer,
      'POST',
      '/policies/pair/versions/1/simulate',
      { context: {} },
    );
    expect(simulated.body.stages.map((each) => each.resolved_approvers)).toEqual([['dora', 'bob']]);
  });
});
