import type { Stage } from '@awe/engine/policy';
import { describe, expect, test } from 'vitest';
import { observer, policy, type RuleWords, required, role, stage, user } from './policy-words.ts';
import { expectRejected, start } from './scenario.ts';

const BOSSES = role('BOSS');
const two = [user('ann'), user('bob')];

type Sla = Partial<Pick<Stage, 'mode' | 'mode_value' | 'on_reject'>>;

function slow(on_breach: Stage['on_breach'], words: Sla = {}, rules: RuleWords[] = two, flags = {}) {
  const chief = stage('s', {
    ...words,
    on_breach,
    sla_hours: 48,
    rules,
    escalation_rules: [BOSSES],
  });
  return start(policy([chief], flags), { requester: 'rita', lookups: [[BOSSES, ['eva', 'fred']]] });
}

describe('the service level', () => {
  test('gives approver tasks a due time, observers none', () => {
    const story = slow(null, {}, [...two, observer(user('olga'))]);
    expect(story.task('ann').due_at).toBe('2026-04-22T08:00:00.000Z');
    expect(story.task('olga').due_at).toBeNull();
    story.hoursPass(1000);
    expect(story.task('olga').status).toBe('open');
  });

  test('expires open and claimed tasks when they are due, and tells it once', () => {
    const story = slow(null);
    story.person('bob').claims();
    expect(story.hoursPass(47).kind).toBe('unchanged');
    story.hoursPass(1);
    expect(story.approval().tasks.map((task) => task.status)).toEqual(['expired', 'expired']);
    expect(story.payloads('task_expired')).toMatchObject([
      { assignee: 'ann', due_at: '2026-04-22T08:00:00.000Z', task_id: story.task('ann').id },
      { assignee: 'bob', due_at: '2026-04-22T08:00:00.000Z', task_id: story.task('bob').id },
    ]);
    expect(story.tick().kind).toBe('unchanged');
    expect(story.tick(true).kind).toBe('unchanged');
  });

  test('never touches a request that has ended', () => {
    const story = slow('auto_reject');
    story.admin().cancels();
    expect(story.hoursPass(49).kind).toBe('unchanged');
  });
});

describe.each([null, 'notify'] as const)('on_breach %s', (on_breach) => {
  test('only expires, and the tasks stay decidable', () => {
    const story = slow(on_breach);
    story.hoursPass(49);
    expect(story.request().status).toBe('in_review');
    expect(story.stage(1).breached_at).toBe(story.now());
    expect(story.decisions()).toEqual([]);
    story.person('ann').approves();
    story.person('bob').approves();
    expect(story.request().status).toBe('approved');
    expect(story.payloads('task_decided').map((each) => each.late)).toEqual([true, true]);
  });
});

describe('on_breach auto_approve', () => {
  test('approves for everybody pending, as sla-monitor', () => {
    const story = slow('auto_approve');
    story.person('ann').approves();
    story.hoursPass(48);
    expect(story.request().status).toBe('approved');
    expect(story.decisions()[1]).toMatchObject({ actor: 'sla-monitor', action: 'approve' });
    expect(story.payload('task_decided')).toMatchObject({
      actor: 'sla-monitor',
      on_behalf_of: 'bob',
      action: 'approve',
    });
    expect(story.payload('task_decided').late).toBeUndefined();
    expect(story.types().slice(-4)).toEqual([
      'task_expired',
      'task_decided',
      'stage_completed',
      'request_approved',
    ]);
  });

  test('leaves a required seat to its person, who still has to sign', () => {
    const story = slow('auto_approve', { mode: 'any-n' }, [required(user('ann')), user('bob')]);
    story.hoursPass(48);
    expect(story.request().status).toBe('in_review');
    expect(story.decisions().map((each) => each.actor)).toEqual(['sla-monitor']);
    expect(story.task('ann')).toMatchObject({ status: 'expired', action: null });
    story.person('ann').approves();
    expect(story.request().status).toBe('approved');
  });

  test('lets earlier abstentions stand', () => {
    const story = slow('auto_approve', { mode: 'any-n', mode_value: 2 }, [...two, user('cyd')]);
    story.person('cyd').abstains();
    story.hoursPass(48);
    expect(story.request().status).toBe('approved');
    expect(story.task('cyd').action).toBe('abstain');
  });

  test('lets earlier rejects stand, and fires once', () => {
    const story = slow('auto_approve', { mode: 'any-n', mode_value: 2, on_reject: 'count' }, [
      ...two,
      required(user('cyd')),
    ]);
    story.person('ann').rejects();
    story.hoursPass(48);
    expect(story.pending(1)).toEqual(['cyd']);
    story.admin().reassigns('cyd', 'zoe');
    story.hoursPass(48);
    expect(story.task('zoe').status).toBe('expired');
    expect(story.decisions()).toHaveLength(2);
    story.person('zoe').approves();
    expect(story.request().status).toBe('approved');
  });
});

describe('on_breach auto_reject', () => {
  test('rejects as sla-monitor', () => {
    const story = slow('auto_reject', { mode: 'any-n' });
    story.hoursPass(48);
    expectRejected(story, 'sla_breached');
    expect(story.payload('request_rejected').actor).toBe('sla-monitor');
    expect(story.decisions()).toMatchObject([{ actor: 'sla-monitor', action: 'reject' }]);
  });

  test('rejects under count as well', () => {
    const story = slow('auto_reject', { mode: 'any-n', on_reject: 'count' });
    story.hoursPass(48);
    expectRejected(story, 'sla_breached');
  });
});

describe('on_breach escalate', () => {
  test('asks more people, with a fresh due time, and needed as it was', () => {
    const story = slow('escalate', { mode: 'percentage', mode_value: 100 });
    story.hoursPass(49);
    expect(story.pending(1)).toEqual(['ann', 'bob', 'eva', 'fred']);
    expect(story.task('eva')).toMatchObject({ escalated: true, due_at: '2026-04-24T09:00:00.000Z' });
    expect(story.payload('stage_escalated')).toMatchObject({ added: ['eva', 'fred'], attempt: 1 });
    expect(story.stage(1)).toMatchObject({ needed: 2, escalation: 'done', next_attempt_at: null });
    story.person('eva').approves();
    story.person('ann').approves();
    expect(story.request().status).toBe('approved');
  });

  test('makes a stage of mode all count: as many as were asked and have not abstained', () => {
    const story = slow('escalate', {}, [...two, user('cyd')]);
    story.person('cyd').abstains();
    story.hoursPass(48);
    story.person('eva').approves();
    expect(story.request().status).toBe('in_review');
    story.person('fred').approves();
    expect(story.request().status).toBe('approved');
    expect(story.approval().tasks.map((task) => task.status)).toEqual([
      'expired',
      'expired',
      'completed',
      'completed',
      'completed',
    ]);
  });

  test('does not lower the count of mode all when an escalated person abstains', () => {
    const story = slow('escalate');
    story.hoursPass(48);
    story.person('eva').abstains();
    story.person('ann').approves();
    expect(story.request().status).toBe('in_review');
    story.person('fred').approves();
    expect(story.request().status).toBe('approved');
  });

  test('knows an escalated seat that was reassigned for one that was not asked at activation', () => {
    const story = slow('escalate');
    story.hoursPass(48);
    story.admin().reassigns('eva', 'zoe');
    expect(story.task('zoe').escalated).toBe(true);
    story.person('zoe').abstains();
    story.person('ann').approves();
    expect(story.request().status).toBe('in_review');
  });

  test('in mode all still needs one approval when all who were asked abstain', () => {
    const story = slow('escalate');
    story.hoursPass(48);
    story.person('ann').abstains();
    story.person('bob').abstains();
    expect(story.request().status).toBe('in_review');
    story.person('eva').approves();
    expect(story.request().status).toBe('approved');
  });

  test('in mode all is rejected when everybody abstains', () => {
    const story = slow('escalate');
    story.hoursPass(48);
    for (const person of ['ann', 'bob', 'eva', 'fred']) story.person(person).abstains();
    expectRejected(story, 'no_effective_votes');
  });

  test('gives nobody a second task', () => {
    const story = slow('escalate', {}, [user('eva'), user('ann')]);
    story.hoursPass(48);
    expect(story.payload('stage_escalated').added).toEqual(['fred']);
    expect(story.seats(1)).toEqual(['eva', 'ann', 'fred']);
  });

  test('may ask a former assignee again', () => {
    const story = slow('escalate', {}, [user('eva'), user('ann')]);
    story.admin().reassigns('eva', 'zoe');
    story.hoursPass(48);
    expect(story.payload('stage_escalated').added).toEqual(['eva', 'fred']);
  });

  test('obeys the same filters', () => {
    const story = slow('escalate', {}, two, { forbid_self_approval: true });
    story.lookupAnswers(BOSSES, 'rita', 'eva');
    story.goesAway('eva', 'dora');
    story.hoursPass(48);
    expect(story.payload('stage_escalated').added).toEqual(['dora']);
    expect(story.task('dora').delegated_from).toBe('eva');
  });

  test('obeys forbid_repeat_approvers', () => {
    const story = start(
      policy(
        [
          stage('first', { rules: [user('eva')] }),
          stage('second', { sla_hours: 1, on_breach: 'escalate', rules: two, escalation_rules: [BOSSES] }),
        ],
        { forbid_repeat_approvers: true },
      ),
      { lookups: [[BOSSES, ['eva', 'fred']]] },
    );
    story.person('eva').approves();
    story.hoursPass(1);
    expect(story.payload('stage_escalated').added).toEqual(['fred']);
  });

  test('with nobody resolved behaves as notify, and says so', () => {
    const story = slow('escalate');
    story.lookupAnswers(BOSSES);
    story.hoursPass(48);
    expect(story.payload('stage_escalated')).toMatchObject({ added: [], attempt: 1 });
    expect(story.pending(1)).toEqual(['ann', 'bob']);
    story.person('ann').approves();
    story.person('bob').approves();
    expect(story.request().status).toBe('approved');
  });

  test('fires once: when the escalated breach too it behaves as notify', () => {
    const story = slow('escalate');
    story.hoursPass(48);
    story.hoursPass(48);
    expect(story.payloads('stage_escalated')).toHaveLength(1);
    expect(story.approval().tasks.every((task) => task.status === 'expired')).toBe(true);
    expect(story.hoursPass(48).kind).toBe('unchanged');
    story.person('eva').approves();
    story.person('bob').approves();
    expect(story.request().status).toBe('approved');
  });

  test('retries a failed lookup on the activation back-off, and is as notify meanwhile', () => {
    const story = slow('escalate');
    story.lookupFails(BOSSES);
    story.hoursPass(48);
    expect(story.stage(1)).toMatchObject({ status: 'open', escalation: 'due', failures: 1 });
    expect(story.payload('stage_activation_failed')).toMatchObject({
      phase: 'escalation',
      attempt: 1,
      next_attempt_at: '2026-04-22T08:00:05.000Z',
    });
    expect(story.secondsPass(4).kind).toBe('unchanged');
    story.secondsPass(1);
    expect(story.payload('stage_activation_failed')).toMatchObject({ attempt: 2 });
    story.person('ann').approves();
    story.lookupAnswers(BOSSES, 'eva');
    story.secondsPass(15);
    expect(story.payload('stage_escalated')).toMatchObject({ added: ['eva'], attempt: 3 });
    expect(story.task('eva').due_at).toBe('2026-04-24T08:00:20.000Z');
  });

  test('is retried now when forced', () => {
    const story = slow('escalate');
    story.lookupFails(BOSSES);
    story.hoursPass(48);
    story.lookupAnswers(BOSSES, 'eva');
    story.tick(true);
    expect(story.pending(1)).toEqual(['ann', 'bob', 'eva']);
  });

  test('that still fails when the stage is decided is forgotten', () => {
    const story = slow('escalate', { mode: 'any-n' });
    story.lookupFails(BOSSES);
    story.hoursPass(48);
    story.person('ann').approves();
    expect(story.stage(1)).toMatchObject({ status: 'approved', next_attempt_at: null });
    expect(story.hoursPass(1).kind).toBe('unchanged');
  });

  test('does not fill required seats: they still have to sign', () => {
    const story = slow('escalate', { mode: 'any-n' }, [required(user('ann')), user('bob')]);
    story.hoursPass(48);
    story.person('eva').approves();
    expect(story.request().status).toBe('in_review');
    story.person('ann').approves();
    expect(story.request().status).toBe('approved');
  });

  test('can ask for a required seat of its own', () => {
    const escalation = [required(user('eva')), observer(user('olga'))];
    const story = start(
      policy([
        stage('s', {
          mode: 'any-n',
          sla_hours: 1,
          on_breach: 'escalate',
          rules: two,
          escalation_rules: escalation,
        }),
      ]),
    );
    story.hoursPass(1);
    expect(story.payload('stage_escalated')).toMatchObject({
      added: ['eva'],
      required_approvers: ['eva'],
      observers: ['olga'],
    });
    story.person('ann').approves();
    expect(story.request().status).toBe('in_review');
    story.person('eva').approves();
    expect(story.request().status).toBe('approved');
  });
});

describe('a breach', () => {
  test('waits until every pending person is past due', () => {
    const story = slow('auto_approve');
    story.hoursPass(48 - 1);
    story.admin().reassigns('bob', 'zoe');
    story.hoursPass(1);
    expect(story.request().status).toBe('approved');

    const fresh = slow('escalate', { mode: 'percentage', mode_value: 100 });
    fresh.hoursPass(48);
    fresh.admin().reassigns('bob', 'zoe');
    expect(fresh.task('zoe').status).toBe('open');
    expect(fresh.stage(1).breached_at).toBe('2026-04-22T08:00:00.000Z');
  });

  test('is triggered by a decision when that leaves only people who are past due', () => {
    const story = staggered('auto_reject');
    expect(story.stage(1).breached_at).toBeNull();
    story.person('zoe').approves();
    expectRejected(story, 'sla_breached');
    expect(story.decisions().map((each) => each.actor)).toEqual(['zoe', 'sla-monitor']);
  });

  test('is triggered by a decision for escalations too', () => {
    const story = staggered('escalate');
    story.person('zoe').approves();
    expect(story.payload('stage_escalated').added).toEqual(['eva', 'fred']);
    expect(story.stage(1).status).toBe('open');
  });

  test('of one stage leaves its siblings alone', () => {
    const story = start(
      policy([
        stage('a', { parallel_group: 1, sla_hours: 1, on_breach: 'auto_approve', rules: [user('ann')] }),
        stage('b', { parallel_group: 1, sla_hours: 2, on_breach: 'auto_reject', rules: [user('bob')] }),
      ]),
    );
    story.hoursPass(1);
    expect(story.approval().stages.map((each) => each.status)).toEqual(['approved', 'open']);
    story.hoursPass(1);
    expectRejected(story, 'sla_breached');
  });

  test('of two stages at once: the first to reject ends the request for both', () => {
    const slowStage = { parallel_group: 1, sla_hours: 1, on_breach: 'auto_reject' } as const;
    const story = start(
      policy([
        stage('a', { ...slowStage, rules: [user('ann')] }),
        stage('b', { ...slowStage, rules: [user('bob')] }),
      ]),
    );
    story.hoursPass(1);
    expect(story.approval().stages.map((each) => each.status)).toEqual(['rejected', 'cancelled']);
    expect(story.decisions()).toHaveLength(1);
  });
});

/**
 * ann's time is up, zoe's is not. The engine itself gives the people of a stage one due time until they breach, but the
 * column is the operator's too, who may move it for one of them.
 */
function staggered(on_breach: Stage['on_breach']) {
  const story = slow(on_breach, { mode: 'any-n', mode_value: 2 }, [user('ann'), user('zoe')]);
  story.dueTimeIsMoved('zoe', '2026-05-01T08:00:00.000Z');
  story.hoursPass(48);
  return story;
}
