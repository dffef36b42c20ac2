import { describe, expect, test } from 'vitest';
import { carryOut, openChronicle } from './chronicle.ts';
import { observer, policy, required, stage, user } from './policy-words.ts';
import { BEGIN, expectRefusal, type Story, start } from './scenario.ts';

const both = { mode: 'any-n', mode_value: 2 } as const;
const three = [user('ann'), user('bob'), user('cyd')];
const SEPARATE = { forbid_self_approval: true, forbid_repeat_approvers: true };

/** Each way a task of ann's can stand, told as the story that leads there. */
const STATUSES: Record<string, () => Story> = {
  open: () => start(policy([stage('s', { ...both, sla_hours: 8, rules: three })])),
  claimed: () => after(STATUSES.open, (story) => story.person('ann').claims()),
  expired: () => after(STATUSES.open, (story) => story.hoursPass(8)),
  completed: () => after(STATUSES.open, (story) => story.person('ann').approves()),
  reassigned: () => after(STATUSES.open, (story) => story.admin().reassigns('ann', 'zoe')),
  skipped: () =>
    after(STATUSES.open, (story) => {
      story.person('bob').approves();
      story.person('cyd').approves();
    }),
};

function after(begin: (() => Story) | undefined, happens: (story: Story) => void): Story {
  if (!begin) throw new Error('no such beginning');
  const story = begin();
  happens(story);
  return story;
}

function standing(status: string): Story {
  const story = after(STATUSES[status], () => {});
  expect(story.task('ann').status).toBe(status);
  return story;
}

describe('claim', () => {
  test('marks intent and stops nobody', () => {
    const story = standing('open');
    story.person('ann').claims();
    expect(story.task('ann')).toMatchObject({ status: 'claimed', claimed_at: BEGIN });
    expect(story.payload('task_claimed')).toMatchObject({ actor: 'ann', task_id: story.task('ann').id });
    story.person('bob').approves();
    story.person('ann').approves();
    expect(story.request().status).toBe('approved');
  });

  test.each(['claimed', 'expired', 'completed', 'reassigned'])(
    'of a task that is %s is refused',
    (status) => {
      expectRefusal(
        standing(status).person('ann').claims(),
        'conflict',
        new RegExp(`is ${status}; only an open`),
      );
    },
  );

  test('of an ended request is refused', () => {
    expectRefusal(standing('skipped').person('ann').claims(), 'conflict', /is approved already/);
  });

  test('is for the assignee or an admin', () => {
    const story = standing('open');
    const stranger = { id: 'bob', isAdmin: false };
    const command = { type: 'claim', task_id: story.task('ann').id, by: stranger } as const;
    const chronicle = { ...openChronicle(policy([])), approval: story.approval(), events: story.events() };
    const directory = { lookUp: () => ({ ok: true as const, users: [] }), delegateOf: () => null };
    expectRefusal(carryOut(chronicle, command, BEGIN, directory), 'forbidden', /assigned to somebody else/);
    story.admin().claimsFor('ann');
    expect(story.payload('task_claimed')).toMatchObject({ actor: 'root', assignee: 'ann' });
  });
});

describe('decide', () => {
  test.each(['open', 'claimed', 'expired'])('a task that is %s', (status) => {
    const story = standing(status);
    expect(story.person('ann').approves().kind).toBe('changed');
    expect(story.task('ann')).toMatchObject({ status: 'completed', action: 'approve', decided_by: 'ann' });
    expect(story.decisions()).toHaveLength(1);
  });

  test.each(['completed', 'reassigned'])('a task that is %s is refused', (status) => {
    const story = standing(status);
    const decisions = story.decisions().length;
    expectRefusal(
      story.person('ann').rejects(),
      'conflict',
      new RegExp(`is ${status}; it cannot be decided`),
    );
    expect(story.decisions()).toHaveLength(decisions);
  });

  test('a task that was skipped while the request goes on is refused', () => {
    const story = start(
      policy([stage('s', { mode: 'any-n', rules: three }), stage('t', { rules: [user('dan')] })]),
    );
    story.person('bob').approves();
    expectRefusal(story.person('ann').approves(), 'conflict', /is skipped; it cannot be decided/);
  });

  test('an expired task of a stage that has ended is refused', () => {
    const story = start(
      policy([
        stage('s', { mode: 'any-n', sla_hours: 8, rules: three }),
        stage('t', { rules: [user('dan')] }),
      ]),
    );
    story.hoursPass(8);
    story.person('bob').approves();
    expect(story.task('ann').status).toBe('expired');
    expectRefusal(story.person('ann').approves(), 'conflict', /of a stage that has ended/);
  });

  test('any task of an ended request is refused', () => {
    expectRefusal(standing('skipped').person('ann').approves(), 'conflict', /is approved already/);
  });

  test('is for the assignee or an admin', () => {
    const story = standing('open');
    const taskOfAnn = story.task('ann').id;
    const outcome = story.person('bob').approvesFor('ann');
    expectRefusal(outcome, 'forbidden', new RegExp(`${taskOfAnn} is assigned to somebody else`));
  });

  test('an unknown task is missing', () => {
    const story = standing('open');
    const chronicle = { ...openChronicle(policy([])), approval: story.approval(), events: story.events() };
    const directory = { lookUp: () => ({ ok: true as const, users: [] }), delegateOf: () => null };
    for (const type of ['claim', 'decide', 'reassign'] as const) {
      const command = {
        ...{ type, task_id: 'gone', by: { id: 'root', isAdmin: true }, new_assignee: 'x', reason: null },
        ...{ action: 'approve' as const, comment: null, attachments_ref: null },
      };
      expectRefusal(carryOut(chronicle, command, BEGIN, directory), 'missing', /no task gone/);
    }
  });

  test('after the due time is marked late, whether the monitor has seen it or not', () => {
    for (const seen of [true, false]) {
      const story = standing('open');
      story.person('bob').approves();
      expect(story.payload('task_decided').late).toBeUndefined();
      if (seen) story.hoursPass(8);
      else story.hoursPassUnseen(8);
      story.person('ann').approves();
      expect(story.payload('task_decided')).toMatchObject({ actor: 'ann', late: true });
      expect(story.request().status).toBe('approved');
    }
  });
});

describe('an admin deciding for somebody', () => {
  test("is the actor, fills that person's seat, and the event says on_behalf_of", () => {
    const story = standing('open');
    story.admin('root').approvesFor('ann');
    expect(story.task('ann')).toMatchObject({ assignee: 'ann', decided_by: 'root', status: 'completed' });
    expect(story.decisions()[0]).toMatchObject({ actor: 'root', action: 'approve' });
    expect(story.payload('task_decided')).toMatchObject({ actor: 'root', on_behalf_of: 'ann' });
  });

  test('may do so for several people, each flagged', () => {
    const story = standing('open');
    story.admin('root').approvesFor('ann');
    story.admin('root').approvesFor('bob');
    expect(story.request().status).toBe('approved');
    expect(story.payloads('task_decided').map((each) => each.on_behalf_of)).toEqual(['ann', 'bob']);
  });

  test('is no longer flagged when it is their own task', () => {
    const story = standing('open');
    story.admin('ann').approves();
    expect(story.payload('task_decided').on_behalf_of).toBeUndefined();
  });

  test('is refused when the admin is the requester', () => {
    const story = start(policy([stage('s', { rules: three })], SEPARATE), { requester: 'root' });
    expectRefusal(
      story.admin('root').approvesFor('ann'),
      'forbidden',
      /root requested this.*forbid_self_approval/,
    );
    expectRefusal(story.admin('root').rejectsFor('ann'), 'forbidden', /forbid_self_approval/);
    expect(story.decisions()).toEqual([]);
  });

  test('is refused when the admin approved an earlier stage', () => {
    const story = start(
      policy([stage('s', { rules: [user('root')] }), stage('t', { rules: three })], SEPARATE),
    );
    story.admin('root').approves();
    expectRefusal(
      story.admin('root').approvesFor('ann'),
      'forbidden',
      /root approved an earlier stage.*forbid_repeat_approvers/,
    );
  });

  test('may comment as an observer on their own request', () => {
    const story = start(policy([stage('s', { rules: [...three, observer(user('olga'))] })], SEPARATE), {
      requester: 'root',
    });
    expect(story.admin('root').approvesFor('olga').kind).toBe('changed');
  });
});

describe('reassign', () => {
  test.each(['open', 'claimed'])(
    'a task that is %s: same due time, required mark, former assignee',
    (status) => {
      const story = start(
        policy([stage('s', { sla_hours: 8, rules: [required(user('ann')), user('bob')] })]),
      );
      if (status === 'claimed') story.person('ann').claims();
      story.hoursPass(3);
      const outcome = story.admin().reassigns('ann', 'zoe', 'on leave');
      expect(story.task('ann')).toMatchObject({ status: 'reassigned', action: null });
      const added = story.task('zoe');
      expect(added).toMatchObject({
        status: 'open',
        reassigned_from: 'ann',
        required: true,
        due_at: '2026-04-20T16:00:00.000Z',
      });
      expect(outcome).toMatchObject({ kind: 'changed', task: added });
      expect(story.payload('task_reassigned')).toMatchObject({
        from: 'ann',
        to: 'zoe',
        actor: 'root',
        reason: 'on leave',
        new_task_id: added.id,
      });
    },
  );

  test('an expired task gets a fresh interval', () => {
    const story = standing('expired');
    story.hoursPass(2);
    story.admin().reassigns('ann', 'zoe');
    expect(story.task('zoe')).toMatchObject({ status: 'open', due_at: '2026-04-21T02:00:00.000Z' });
  });

  test.each(['completed', 'reassigned'])('a task that is %s is refused', (status) => {
    const story = standing(status);
    const outcome = story.admin().reassigns('ann', 'yves');
    expectRefusal(outcome, 'conflict', new RegExp(`is ${status}; only an undecided task`));
  });

  test('a task of an ended request is refused', () => {
    expectRefusal(standing('skipped').admin().reassigns('ann', 'zoe'), 'conflict', /is approved already/);
  });

  test('an expired task of an ended stage is refused', () => {
    const story = start(
      policy([
        stage('s', { mode: 'any-n', sla_hours: 8, rules: three }),
        stage('t', { rules: [user('dan')] }),
      ]),
    );
    story.hoursPass(8);
    story.person('bob').approves();
    expectRefusal(story.admin().reassigns('ann', 'zoe'), 'conflict', /only an undecided task/);
  });

  test('to the same person is refused', () => {
    expectRefusal(standing('open').admin().reassigns('ann', 'ann'), 'conflict', /assigned to ann already/);
  });

  test('to somebody who has a task on the stage, or has voted on it, is refused', () => {
    const story = standing('open');
    expectRefusal(story.admin().reassigns('ann', 'bob'), 'conflict', /bob already has a task on this stage/);
    story.person('bob').approves();
    expectRefusal(story.admin().reassigns('ann', 'bob'), 'conflict', /one person has one vote/);
  });

  test('to an observer of the stage is refused', () => {
    const story = start(policy([stage('s', { rules: [user('ann'), observer(user('olga'))] })]));
    expectRefusal(story.admin().reassigns('ann', 'olga'), 'conflict', /olga already has a task/);
  });

  test('back to a former assignee is fine', () => {
    const story = standing('open');
    story.admin().reassigns('ann', 'zoe');
    story.admin().reassigns('zoe', 'ann');
    expect(story.pending(1)).toEqual(['bob', 'cyd', 'ann']);
    story.person('ann').approves();
    expect(story.task('ann')).toMatchObject({ status: 'completed', reassigned_from: 'zoe' });
  });

  test('to somebody who has a task on another stage is fine', () => {
    const story = start(
      policy([
        stage('a', { parallel_group: 1, rules: [user('ann')] }),
        stage('b', { parallel_group: 1, rules: [user('bob')] }),
      ]),
    );
    expect(story.admin().reassigns('ann', 'bob').kind).toBe('changed');
  });

  test('around the separation of duties is refused', () => {
    const story = start(
      policy([stage('s', { rules: [user('ann')] }), stage('t', { rules: [user('bob')] })], SEPARATE),
      { requester: 'rita' },
    );
    expectRefusal(
      story.admin().reassigns('ann', 'rita'),
      'conflict',
      /rita requested this.*Choose somebody else/,
    );
    story.person('ann').approves();
    expectRefusal(story.admin().reassigns('bob', 'ann'), 'conflict', /ann approved an earlier stage/);
    expectRefusal(story.admin().reassigns('bob', 'rita'), 'conflict', /forbid_self_approval/);
  });

  test('an observer task to the requester is fine: observers are never filtered', () => {
    const story = start(policy([stage('s', { rules: [user('ann'), observer(user('olga'))] })], SEPARATE), {
      requester: 'rita',
    });
    story.admin().reassigns('olga', 'rita');
    expect(story.task('rita').kind).toBe('observer');
  });

  test('keeps the count of the stage as it was', () => {
    const story = start(policy([stage('s', { rules: three })]));
    story.admin().reassigns('ann', 'zoe');
    for (const person of ['bob', 'cyd']) story.person(person).approves();
    expect(story.request().status).toBe('in_review');
    story.person('zoe').approves();
    expect(story.request().status).toBe('approved');
  });
});

describe('cancel', () => {
  test('ends the request and skips what is open', () => {
    const story = standing('claimed');
    story.admin('root').cancels('withdrawn', 'rita');
    expect(story.request()).toMatchObject({
      status: 'cancelled',
      completed_at: BEGIN,
      current_stage_order: 1,
    });
    expect(story.approval().tasks.every((task) => task.status === 'skipped')).toBe(true);
    expect(story.payload('request_cancelled')).toMatchObject({
      actor: 'root',
      reason: 'withdrawn',
      requested_by: 'rita',
      status: 'cancelled',
    });
    expect(story.events().at(-1)?.actor).toBe('root');
  });

  test('leaves expired tasks saying so', () => {
    const story = standing('expired');
    story.admin().cancels();
    expect(story.task('ann').status).toBe('expired');
    expect(story.payload('request_cancelled').reason).toBeUndefined();
  });

  test.each(['approved', 'rejected', 'cancelled'])('of a request that is %s is refused', (status) => {
    const story = start(policy([stage('s', { rules: [user('ann')] })]));
    if (status === 'approved') story.person('ann').approves();
    else if (status === 'rejected') story.person('ann').rejects();
    else story.admin().cancels();
    expectRefusal(story.admin().cancels(), 'conflict', new RegExp(`is ${status} already`));
  });
});
