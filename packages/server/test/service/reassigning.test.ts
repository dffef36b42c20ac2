import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal } from './refusal.ts';
import { openStand, person, type Stand } from './stand.ts';
import { policyOf, storyOf, type Task, user } from './story.ts';
import { taskWords } from './task-words.ts';

let stand: Stand;
let story: ReturnType<typeof storyOf>;

beforeAll(async () => {
  stand = await openStand();
  story = storyOf(stand);
  const { publish } = stand;
  await publish(policyOf('both', [{ rules: [user('alice'), user('bob')] }]));
  await publish(
    policyOf('watched', [
      { rules: [user('alice'), user('vera', { kind: 'observer' })] },
      { rules: [user('carl')] },
    ]),
  );
  await publish(
    policyOf(
      'no-repeat',
      [{ mode: 'any-n', rules: [user('alice'), user('bob')] }, { rules: [user('carl')] }],
      {
        forbid_self_approval: true,
        forbid_repeat_approvers: true,
      },
    ),
  );
  await publish(
    policyOf('seat', [
      { mode: 'any-n', mode_value: 1, rules: [user('alice', { required: true }), user('bob'), user('carl')] },
    ]),
  );
});
afterAll(() => stand.close());

const { start, decideAs, adminDecides, claimAs, reassign, lastOf } = taskWords(() => stand);

describe('reassigning', () => {
  it('gives the seat to somebody else and answers with the new task', async () => {
    const id = await start('seat');
    const task = await story.taskOf(id, 'alice');
    await claimAs('alice', task);
    const given = await reassign(task, 'dora', { reason: 'on leave' });
    expect(given.status).toBe(200);
    expect(given.body).toMatchObject({
      request_id: id,
      stage_id: task.stage_id,
      assignee: 'dora',
      reassigned_from: 'alice',
      status: 'open',
      kind: 'approver',
      claimed_at: null,
      decision_id: null,
    });
    expect(given.body.id).not.toBe(task.id);
    expect((await lastOf(id))?.payload).toMatchObject({ actor: 'ada', from: 'alice', to: 'dora' });
    // The required mark went along: without dora nothing passes.
    await story.decide(id, 'bob', 'approve');
    expect(await story.statusOf(id)).toBe('in_review');
    await story.decide(id, 'dora', 'approve');
    expect(await story.statusOf(id)).toBe('approved');
  });

  it('back to a former assignee', async () => {
    const id = await start('both');
    const away = await reassign(await story.taskOf(id, 'alice'), 'dora');
    const back = await reassign(away.body, 'alice');
    expect([back.status, back.body.assignee, back.body.reassigned_from]).toEqual([200, 'alice', 'dora']);
  });

  it('not to the same person, nor to one who has a task on the stage already', async () => {
    const id = await start('both');
    const task = await story.taskOf(id, 'alice');
    expectRefusal(await reassign(task, 'alice'), 409, 'AWE-007');
    expectRefusal(await reassign(task, 'bob'), 409, 'AWE-007', /bob/);
    await story.decide(id, 'bob', 'approve');
    expectRefusal(await reassign(task, 'bob'), 409, 'AWE-007', /bob/);
    const watched = await start('watched');
    expectRefusal(await reassign(await story.taskOf(watched, 'alice'), 'vera'), 409, 'AWE-007');
  });

  it('not a task that is done, nor one of a request that has ended', async () => {
    const id = await start('both');
    const task = await story.taskOf(id, 'alice');
    await decideAs('alice', task, 'approve');
    expectRefusal(await reassign(task, 'dora'), 409, 'AWE-007', /completed/);
    const bobs = await story.taskOf(id, 'bob');
    await decideAs('bob', bobs, 'approve');
    expectRefusal(await reassign(bobs, 'dora'), 409, 'AWE-007', /approved/);
    expect((await story.eventTypes(id)).filter((each) => each === 'task_reassigned')).toEqual([]);
  });

  it('needs the role, also of the assignee', async () => {
    const task = await story.taskOf(await start('both'), 'alice');
    const answer = await stand.call(person('alice'), 'POST', `/tasks/${task.id}/reassign`, {
      new_assignee: 'x',
    });
    expectRefusal(answer, 403, 'AWE-008');
  });
});

describe('the separation of duties', () => {
  it('leaves the requester out when people are asked', async () => {
    const created = await story.create('no-repeat', { requester: 'alice' });
    expect(created.body.tasks.map((each) => each.assignee)).toEqual(['bob']);
  });

  it('knows the token’s subject for the requester when nobody is named', async () => {
    const body = { policy_key: 'no-repeat', artifact_type: 't', artifact_id: 'a' };
    const created = await stand.call<{ tasks: Task[] }>(person('bob'), 'POST', '/requests', body);
    expect(created.body.tasks.map((each) => each.assignee)).toEqual(['alice']);
  });

  it('holds when a task is reassigned', async () => {
    const id = await start('no-repeat', { requester: 'rita' });
    expectRefusal(await reassign(await story.taskOf(id, 'alice'), 'rita'), 409, 'AWE-007', /self/);
    await story.decide(id, 'alice', 'approve');
    const carls = await story.taskOf(id, 'carl');
    expectRefusal(await reassign(carls, 'alice'), 409, 'AWE-007', /repeat/);
    // Bob was asked but did not approve: he may.
    expect((await reassign(carls, 'bob')).status).toBe(200);
  });

  it('holds for admins too, who asked for it or who approved before', async () => {
    const own = await start('no-repeat', { requester: 'ada' });
    expectRefusal(await adminDecides(await story.taskOf(own, 'alice'), 'approve'), 403, 'AWE-008', /self/);

    const twice = await start('no-repeat', { requester: 'rita' });
    await adminDecides(await story.taskOf(twice, 'alice'), 'approve');
    const carls = await story.taskOf(twice, 'carl');
    expectRefusal(await adminDecides(carls, 'approve'), 403, 'AWE-008', /repeat/);
    // The seat was alice's: she has approved this request as well.
    expectRefusal(await reassign(carls, 'alice'), 409, 'AWE-007');
    expect((await decideAs('carl', carls, 'approve')).status).toBe(201);
    expect(await story.statusOf(twice)).toBe('approved');
  });
});
