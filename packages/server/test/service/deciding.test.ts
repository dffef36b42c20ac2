import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectFaultsAt, expectRefusal } from './refusal.ts';
import { admin, openStand, person, type Stand } from './stand.ts';
import { policyOf, storyOf, type Task, user } from './story.ts';
import { taskWords } from './task-words.ts';

let stand: Stand;
let story: ReturnType<typeof storyOf>;

beforeAll(async () => {
  stand = await openStand();
  story = storyOf(stand);
  const { publish } = stand;
  await publish(policyOf('both', [{ rules: [user('alice'), user('bob')] }]));
  await publish(policyOf('one-of-two', [{ mode: 'any-n', rules: [user('alice'), user('bob')] }]));
  await publish(
    policyOf('watched', [
      { rules: [user('alice'), user('vera', { kind: 'observer' })] },
      { rules: [user('carl')] },
    ]),
  );
  await publish(
    policyOf('counting', [
      {
        mode: 'any-n',
        mode_value: 2,
        on_reject: 'count',
        rules: ['alice', 'bob', 'carl'].map((id) => user(id)),
      },
    ]),
  );
  await publish(
    policyOf('seat', [
      { mode: 'any-n', mode_value: 1, rules: [user('alice', { required: true }), user('bob'), user('carl')] },
    ]),
  );
});
afterAll(() => stand.close());

const { start, decideAs, adminDecides, claimAs, reassign, lastOf } = taskWords(() => stand);
const decisionsOn = (requestId: string) =>
  stand.sql<{ actor: string; action: string }>(
    'select actor, action from approval_decision where request_id = $1 order by id',
    [requestId],
  );

describe('deciding', () => {
  it('approves, with a comment and attachments', async () => {
    const id = await start('both');
    const decided = await story.decide(id, 'alice', 'approve', {
      comment: 'fine',
      attachments_ref: 's3://x',
    });
    expect(decided.status).toBe(201);
    const task = await story.taskOf(id, 'alice');
    expect(decided.body).toEqual({
      id: task.decision_id,
      request_id: id,
      task_id: task.id,
      stage_order: 1,
      actor: 'alice',
      action: 'approve',
      comment: 'fine',
      attachments_ref: 's3://x',
      created_at: expect.stringMatching(/Z$/),
    });
    expect(task).toMatchObject({ status: 'completed', completed_at: decided.body.created_at });
    expect(await story.statusOf(id)).toBe('in_review');
  });

  it('rejects at once, and skips who was still asked', async () => {
    const id = await start('both');
    expect((await story.decide(id, 'alice', 'reject')).status).toBe(201);
    expect(await story.statusOf(id)).toBe('rejected');
    expect((await story.taskOf(id, 'bob')).status).toBe('skipped');
    expect(await lastOf(id)).toMatchObject({
      event_type: 'request_rejected',
      payload: { reason: expect.any(String), actor: 'alice', status: 'rejected' },
    });
  });

  it('abstains: in "all" the person no longer counts', async () => {
    const id = await start('both');
    await story.decide(id, 'alice', 'abstain');
    expect(await story.statusOf(id)).toBe('in_review');
    await story.decide(id, 'bob', 'approve');
    expect(await story.statusOf(id)).toBe('approved');
  });

  it('is rejected when everybody abstains', async () => {
    const id = await start('both');
    await story.decide(id, 'alice', 'abstain');
    await story.decide(id, 'bob', 'abstain');
    expect(await lastOf(id)).toMatchObject({ payload: { reason: 'no_effective_votes' } });
  });

  it('is rejected when a required seat abstains', async () => {
    const id = await start('seat');
    await story.decide(id, 'bob', 'approve');
    expect(await story.statusOf(id)).toBe('in_review');
    await story.decide(id, 'alice', 'abstain');
    expect(await lastOf(id)).toMatchObject({ payload: { reason: 'required_abstained' } });
  });

  it('counts rejects where the policy says so, until it cannot be reached', async () => {
    const id = await start('counting');
    await story.decide(id, 'alice', 'reject');
    expect(await story.statusOf(id)).toBe('in_review');
    await story.decide(id, 'bob', 'abstain');
    expect(await story.statusOf(id)).toBe('rejected');
  });

  it('once: the second decision is refused and leaves no row', async () => {
    const id = await start('both');
    const task = await story.taskOf(id, 'alice');
    await decideAs('alice', task, 'approve');
    for (const action of ['approve', 'reject', 'abstain'])
      expectRefusal(await decideAs('alice', task, action), 409, 'AWE-007', /completed/);
    expectRefusal(await adminDecides(task, 'reject'), 409, 'AWE-007');
    expect(await decisionsOn(id)).toEqual([{ actor: 'alice', action: 'approve' }]);
  });

  it('not when the task was skipped, reassigned, or its request has ended', async () => {
    const skipped = await start('one-of-two');
    const bobs = await story.taskOf(skipped, 'bob');
    await story.decide(skipped, 'alice', 'approve');
    expectRefusal(await decideAs('bob', bobs, 'approve'), 409, 'AWE-007');

    const moved = await start('both');
    const alices = await story.taskOf(moved, 'alice');
    await reassign(alices, 'dave');
    expectRefusal(await decideAs('alice', alices, 'approve'), 409, 'AWE-007', /reassigned/);

    const cancelled = await start('both');
    const open = await story.taskOf(cancelled, 'alice');
    await stand.call(admin, 'POST', `/requests/${cancelled}/cancel`, {});
    expectRefusal(await decideAs('alice', open, 'approve'), 409, 'AWE-007', /cancelled/);
    expect(await decisionsOn(cancelled)).toEqual([]);
    expect(await story.eventTypes(cancelled)).toEqual([
      'request_created',
      'stage_started',
      'request_cancelled',
    ]);
  });

  it('not by somebody else, viewers included', async () => {
    const id = await start('both');
    const task = await story.taskOf(id, 'alice');
    expectRefusal(await decideAs('bob', task, 'approve'), 403, 'AWE-008');
    expectRefusal(await decideAs('mallory', task, 'approve'), 403, 'AWE-008');
    expectRefusal(await decideAs('ALICE', task, 'approve'), 403, 'AWE-008');
    const viewer = { sub: 'vic', roles: ['AWE_VIEWER'] };
    const answer = await stand.call(viewer, 'POST', `/tasks/${task.id}/decision`, { action: 'approve' });
    expectRefusal(answer, 403, 'AWE-008');
    expect(await decisionsOn(id)).toEqual([]);
  });

  it('by an admin for each of them: every seat is filled and flagged', async () => {
    const id = await start('both');
    for (const name of ['alice', 'bob']) {
      const decided = await adminDecides(await story.taskOf(id, name), 'approve');
      expect([decided.status, decided.body.actor]).toEqual([201, 'ada']);
    }
    const told = (await story.timeline(id)).filter((each) => each.event_type === 'task_decided');
    expect(told.map(({ payload: { actor, on_behalf_of } }) => ({ actor, on_behalf_of }))).toEqual([
      { actor: 'ada', on_behalf_of: 'alice' },
      { actor: 'ada', on_behalf_of: 'bob' },
    ]);
    expect(await story.statusOf(id)).toBe('approved');
    const own = await start('both');
    await story.decide(own, 'alice', 'approve');
    expect((await lastOf(own))?.payload).not.toHaveProperty('on_behalf_of');
  });

  it('takes an id in capitals for the same id', async () => {
    const id = await start('both');
    const task = await story.taskOf(id, 'alice');
    const decided = await decideAs('alice', { ...task, id: task.id.toUpperCase() }, 'approve');
    expect([decided.status, decided.body.task_id]).toEqual([201, task.id]);
  });
});

describe('claiming', () => {
  it('marks an open task and stops nobody', async () => {
    const id = await start('one-of-two');
    const task = await story.taskOf(id, 'alice');
    const claimed = await claimAs('alice', task);
    expect([claimed.status, claimed.body.status]).toEqual([200, 'claimed']);
    expect(claimed.body).toHaveProperty('claimed_at', expect.stringMatching(/Z$/));
    expectRefusal(await claimAs('alice', task), 409, 'AWE-007', /claimed/);
    expect((await lastOf(id))?.payload).toMatchObject({ task_id: task.id, actor: 'alice' });
    // A claim by one does not keep the other from deciding.
    await story.decide(id, 'bob', 'approve');
    expect(await story.statusOf(id)).toBe('approved');
    expectRefusal(await claimAs('alice', task), 409, 'AWE-007');
  });

  it('is for the assignee or an admin', async () => {
    const id = await start('both');
    const task = await story.taskOf(id, 'alice');
    expectRefusal(await claimAs('bob', task), 403, 'AWE-008');
    const byAdmin = await stand.call<Task>(admin, 'POST', `/tasks/${task.id}/claim`);
    expect([byAdmin.status, byAdmin.body.assignee]).toEqual([200, 'alice']);
    expect((await decideAs('alice', task, 'approve')).status).toBe(201);
  });
});

describe('observers', () => {
  it('comment, and never count', async () => {
    const id = await start('watched');
    const comment = await story.decide(id, 'vera', 'reject', { comment: 'I would not' });
    expect(comment.status).toBe(201);
    expect(await story.statusOf(id)).toBe('in_review');
    expect((await story.taskOf(id, 'alice')).status).toBe('open');
    expectRefusal(await story.decide(id, 'vera', 'approve'), 409, 'AWE-007');
    expect((await decisionsOn(id)).map((each) => each.action)).toEqual(['reject']);
  });

  it('are let go when their stage ends', async () => {
    const id = await start('watched');
    expect(await story.taskOf(id, 'vera')).toMatchObject({ kind: 'observer', due_at: null, status: 'open' });
    await story.decide(id, 'alice', 'approve');
    expect((await story.taskOf(id, 'vera')).status).toBe('skipped');
  });
});

describe('cancelling', () => {
  it('ends the request and tells who did it, and for whom', async () => {
    const id = await start('both');
    await claimAs('bob', await story.taskOf(id, 'bob'));
    const cancelled = await stand.call(admin, 'POST', `/requests/${id}/cancel`, {
      reason: 'withdrawn',
      actor: 'rita',
    });
    expect(cancelled.status).toBe(200);
    expect(cancelled.body).toMatchObject({
      id,
      status: 'cancelled',
      completed_at: expect.stringMatching(/Z$/),
    });
    for (const name of ['alice', 'bob']) expect((await story.taskOf(id, name)).status).toBe('skipped');
    const last = await lastOf(id);
    expect(last).toMatchObject({
      event_type: 'request_cancelled',
      payload: { status: 'cancelled', reason: 'withdrawn', requested_by: 'rita', actor: 'ada' },
    });
    expect(last?.payload.stage_order).toBe(1);
  });

  it('is refused once it has ended, and to everybody but admins', async () => {
    const id = await start('one-of-two');
    expectRefusal(await stand.call(person('alice'), 'POST', `/requests/${id}/cancel`, {}), 403, 'AWE-008');
    await story.decide(id, 'alice', 'approve');
    expectRefusal(await stand.call(admin, 'POST', `/requests/${id}/cancel`, {}), 409, 'AWE-007', /approved/);
    const other = await start('both');
    await stand.call(admin, 'POST', `/requests/${other}/cancel`, {});
    expectRefusal(
      await stand.call(admin, 'POST', `/requests/${other}/cancel`, {}),
      409,
      'AWE-007',
      /cancelled/,
    );
    expect((await story.eventTypes(other)).filter((each) => each === 'request_cancelled')).toHaveLength(1);
  });
});

describe('the order of refusals', () => {
  it('401, 403 by role, 422, 404, 403 by person, 409', async () => {
    const id = await start('both');
    const task = await story.taskOf(id, 'alice');
    await decideAs('alice', task, 'approve');
    const nobody = '0197b1a2-0000-7000-8000-000000000000';
    const call = (who: Parameters<Stand['call']>[0], path: string, body: unknown) =>
      stand.call(who, 'POST', path, body);
    expectRefusal(await call(null, `/tasks/${nobody}/decision`, '{'), 401, 'AWE-008');
    expectRefusal(await call(person('bob'), `/tasks/${nobody}/reassign`, '{'), 403, 'AWE-008');
    expectFaultsAt(await call(person('bob'), `/tasks/${nobody}/decision`, { action: 'maybe' }), [
      ['body', 'action'],
    ]);
    expectRefusal(
      await call(person('bob'), `/tasks/${nobody}/decision`, { action: 'approve' }),
      404,
      'AWE-004',
    );
    // Completed, and not bob's: he only learns the latter.
    expectRefusal(
      await call(person('bob'), `/tasks/${task.id}/decision`, { action: 'approve' }),
      403,
      'AWE-008',
    );
    expectRefusal(
      await call(person('alice'), `/tasks/${task.id}/decision`, { action: 'approve' }),
      409,
      'AWE-007',
    );
  });
});
