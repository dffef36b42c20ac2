import { setTimeout as wait } from 'node:timers/promises';
import { type ApprovalShape, replay, type ToldEvent } from '@awe/engine/replay';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, admin, openStand, person, type Stand } from './stand.ts';
import { policyOf, storyOf, type Task, user } from './story.ts';

let stand: Stand;
let story: ReturnType<typeof storyOf>;

const CROWD = Array.from({ length: 30 }, (_, index) => `crowd-${index}`);

beforeAll(async () => {
  stand = await openStand({ replicas: 2 });
  story = storyOf(stand);
  const pair = [user('alice'), user('bob')];
  await stand.publish(policyOf('both', [{ rules: pair }, { rules: [user('carl')] }]));
  await stand.publish(policyOf('any', [{ mode: 'any-n', rules: pair }, { rules: [user('carl')] }]));
  await stand.publish(
    policyOf('crowd', [{ mode: 'any-n', mode_value: 17, rules: CROWD.map((id) => user(id)) }]),
  );
  await stand.publish(
    policyOf('beside', [
      { rules: [user('alice')], parallel_group: 1 },
      { rules: [user('bob')], parallel_group: 1 },
      { rules: [user('carl')] },
    ]),
  );
  await stand.publish(policyOf('urgent', [{ rules: pair, sla_hours: 1, on_breach: 'auto_approve' }]));
});
afterAll(() => stand.close());

type Move = { by: string; on: Task; action: string };
type Start = { id: string; tasks: Task[] };

/** Up to a few milliseconds before each of the moves that race. Zero is the likeliest and the hardest. */
const delays = (moves: number) =>
  fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 8 })), { minLength: moves, maxLength: moves });

/** A fresh request a run; a failure names the seed to play it again with. */
const race = (runs: number, moves: number, play: (delays: number[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(delays(moves), play), { numRuns: runs, endOnFailure: true });

const start = async (policy: string): Promise<Start> => {
  const { body } = await story.create(policy, { callback_url: stand.receiver.url });
  return { id: body.request_id, tasks: body.tasks };
};
const taskOf = ({ tasks }: Start, name: string) => {
  const task = tasks.find((each) => each.assignee === name);
  if (!task) throw new Error(`${name} has no task`);
  return task;
};
/** Every move goes to the replica of its number, after its delay. */
const atOnce = (pauses: number[], moves: ((replica: number) => Promise<Answer>)[]) =>
  Promise.all(
    moves.map(async (move, index) => {
      await wait(pauses[index] ?? 0);
      return move(index % 2);
    }),
  );
const decide = ({ by, on, action }: Move) => {
  const body = { action };
  return (replica: number) => stand.call(person(by), 'POST', `/tasks/${on.id}/decision`, body, { replica });
};
const cancel = (id: string) => (replica: number) =>
  stand.call(admin, 'POST', `/requests/${id}/cancel`, {}, { replica });
const statusesOf = (answers: Answer[]) => answers.map((each) => each.status).sort();
/** Who was too late is told so, in the words of the contract. */
const expectLoser = (answer: Answer | undefined) =>
  expect(answer).toMatchObject({ status: 409, body: { errors: [{ errorCode: 'AWE-007' }] } });

/**
 * What must hold after any race: the timeline has no gap, one end, and implies exactly the rows that are there; each
 * event that is told has one delivery, and each decision one task.
 */
async function expectOneOutcome(id: string): Promise<ApprovalShape> {
  const events = await stand.sql<ToldEvent & { id: string }>(
    'select id, sequence, event_type, payload, created_at from approval_event where request_id = $1 order by sequence',
    [id],
  );
  const shape = replay(events);
  const [request] = await stand.sql(
    'select status, current_stage_order, sequence from approval_request where id = $1',
    [id],
  );
  const { status, current_stage_order, sequence } = shape;
  expect(request).toEqual({ status, current_stage_order, sequence });
  const tasks = await stand.sql<{
    stage_order: number;
    assignee: string;
    status: string;
    action: string | null;
  }>(
    `select stage_order, assignee, status, action from approval_task where request_id = $1 and status <> 'reassigned'`,
    [id],
  );
  const seats = tasks.map((task) => {
    const seat = shape.stages.get(task.stage_order)?.seats.get(task.assignee);
    return { ...task, status: seat?.status, action: seat?.action };
  });
  expect(tasks).toEqual(seats);
  const [decisions] = await stand.sql<{ rows: number; tasks: number }>(
    'select count(*)::int as rows, count(distinct task_id)::int as tasks from approval_decision where request_id = $1',
    [id],
  );
  const decided = events.filter((each) => each.event_type === 'task_decided').length;
  expect(decisions).toEqual({ rows: decided, tasks: decided });
  const told = await stand.sql<{ id: string }>(
    'select id from webhook_delivery where request_id = $1 order by sequence',
    [id],
  );
  const unheard = ['stage_skipped', 'task_claimed', 'task_decided', 'task_reassigned', 'stage_escalated'];
  expect(told.map((each) => each.id)).toEqual(
    events.filter((each) => !unheard.includes(each.event_type)).map((each) => each.id),
  );
  return shape;
}

describe('two replicas on one database', () => {
  it('take one of two decisions on one task', async () => {
    await race(25, 2, async (pauses) => {
      const request = await start('both');
      const on = taskOf(request, 'alice');
      const moves = [
        decide({ by: 'alice', on, action: 'approve' }),
        decide({ by: 'alice', on, action: 'reject' }),
      ];
      const answers = await atOnce(pauses, moves);
      expect(statusesOf(answers)).toEqual([201, 409]);
      expectLoser(answers.find((each) => each.status !== 201));
      const { status } = await expectOneOutcome(request.id);
      expect(status).toBe(answers[0]?.status === 201 ? 'in_review' : 'rejected');
    });
  });

  it('open the next stage once when the last two approvals meet', async () => {
    await race(20, 2, async (pauses) => {
      const request = await start('both');
      const moves = ['alice', 'bob'].map((by) => decide({ by, on: taskOf(request, by), action: 'approve' }));
      expect(statusesOf(await atOnce(pauses, moves))).toEqual([201, 201]);
      const shape = await expectOneOutcome(request.id);
      expect([shape.status, shape.current_stage_order]).toEqual(['in_review', 2]);
      expect(shape.stages.get(2)?.seats.size).toBe(1);
    });
  });

  it('open the next group once when two parallel stages end together', async () => {
    await race(20, 2, async (pauses) => {
      const request = await start('beside');
      const moves = ['alice', 'bob'].map((by) => decide({ by, on: taskOf(request, by), action: 'approve' }));
      expect(statusesOf(await atOnce(pauses, moves))).toEqual([201, 201]);
      expect((await expectOneOutcome(request.id)).current_stage_order).toBe(3);
    });
  });

  it('let one win of an approval and a rejection that each would end the stage', async () => {
    await race(20, 2, async (pauses) => {
      const request = await start('any');
      const answers = await atOnce(pauses, [
        decide({ by: 'alice', on: taskOf(request, 'alice'), action: 'approve' }),
        decide({ by: 'bob', on: taskOf(request, 'bob'), action: 'reject' }),
      ]);
      expect(statusesOf(answers)).toEqual([201, 409]);
      const { status } = await expectOneOutcome(request.id);
      expect(status).toBe(answers[0]?.status === 201 ? 'in_review' : 'rejected');
    });
  });

  it('let one win of a decision and a cancellation', async () => {
    await race(20, 2, async (pauses) => {
      const request = await start('any');
      const [decided, cancelled] = await atOnce(pauses, [
        decide({ by: 'alice', on: taskOf(request, 'alice'), action: 'reject' }),
        cancel(request.id),
      ]);
      expect([decided?.status, cancelled?.status]).toEqual(decided?.status === 201 ? [201, 409] : [409, 200]);
      const { status } = await expectOneOutcome(request.id);
      expect(status).toBe(decided?.status === 201 ? 'rejected' : 'cancelled');
    });
  });

  it('let one claim a task', async () => {
    await race(15, 4, async (pauses) => {
      const request = await start('both');
      const { id } = taskOf(request, 'alice');
      const claim = (replica: number) =>
        stand.call(person('alice'), 'POST', `/tasks/${id}/claim`, undefined, { replica });
      expect(statusesOf(await atOnce(pauses, [claim, claim, claim, claim]))).toEqual([200, 409, 409, 409]);
      await expectOneOutcome(request.id);
    });
  });

  it('let one reassign a task, or its assignee decide it', async () => {
    await race(15, 3, async (pauses) => {
      const request = await start('both');
      const on = taskOf(request, 'alice');
      const reassign = (new_assignee: string) => (replica: number) =>
        stand.call(admin, 'POST', `/tasks/${on.id}/reassign`, { new_assignee }, { replica });
      const moves = [reassign('dora'), reassign('emil'), decide({ by: 'alice', on, action: 'approve' })];
      const answers = await atOnce(pauses, moves);
      expect(answers.filter((each) => each.status < 300)).toHaveLength(1);
      for (const answer of answers) if (answer.status >= 300) expectLoser(answer);
      await expectOneOutcome(request.id);
    });
  });

  it('give one person one task when two are reassigned to them', async () => {
    await race(15, 2, async (pauses) => {
      const request = await start('both');
      const moves = ['alice', 'bob'].map((name) => (replica: number) => {
        const path = `/tasks/${taskOf(request, name).id}/reassign`;
        return stand.call(admin, 'POST', path, { new_assignee: 'dora' }, { replica });
      });
      const answers = await atOnce(pauses, moves);
      expect(statusesOf(answers)).toEqual([200, 409]);
      expectLoser(answers.find((each) => each.status !== 200));
      await expectOneOutcome(request.id);
    });
  });

  it('count thirty people who decide at once, and the others are told that it is over', async () => {
    await race(4, 30, async (pauses) => {
      const request = await start('crowd');
      const moves = CROWD.map((by) => decide({ by, on: taskOf(request, by), action: 'approve' }));
      const answers = await atOnce(pauses, moves);
      const won = answers.filter((each) => each.status === 201);
      expect(won).toHaveLength(17);
      for (const answer of answers) if (answer.status !== 201) expectLoser(answer);
      expect((await expectOneOutcome(request.id)).status).toBe('approved');
    });
  });

  it('let the deadline and the last person meet', async () => {
    await race(10, 1, async ([pause]) => {
      const request = await start('urgent');
      await story.decide(request.id, 'alice', 'approve');
      const on = taskOf(request, 'bob');
      const [decided] = await Promise.all([
        wait(pause).then(() => decide({ by: 'bob', on, action: 'reject' })(0)),
        stand.hoursPass(1),
      ]);
      const { status } = await expectOneOutcome(request.id);
      expect([decided.status, status]).toEqual(
        decided.status === 201 ? [201, 'rejected'] : [409, 'approved'],
      );
    });
  });

  it('activate one of several versions, and create under one that was active', async () => {
    const draft = policyOf('versions', [{ rules: [user('alice')] }]);
    await stand.publish(draft);
    for (let version = 2; version <= 4; version += 1)
      await stand.call(admin, 'PUT', '/policies/versions', draft);
    await race(15, 5, async (pauses) => {
      const activate = (version: number) => (replica: number) =>
        stand.call(admin, 'POST', `/policies/versions/versions/${version}/activate`, undefined, { replica });
      const create = () => story.create('versions') as Promise<Answer>;
      const moves = [activate(1), activate(2), activate(3), activate(4), create];
      expect(statusesOf(await atOnce(pauses, moves))).toEqual([200, 200, 200, 200, 201]);
      const active = await stand.sql(
        `select version from approval_policy where policy_key = 'versions' and status = 'active'`,
      );
      expect(active).toHaveLength(1);
    });
  });
});
