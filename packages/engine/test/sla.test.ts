import type { Stage } from '@awe/engine/policy';
import { describe, expect, test } from 'vitest';
import { observer, policy, required, stage, user } from './policy-words.ts';
import { expectRejected, start } from './scenario.ts';
import { slow, two } from './slow-stage.ts';

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
