import { describe, expect, test } from 'vitest';
import { policy, role, stage, user } from './policy-words.ts';
import { expectRefusal, expectRejected, start } from './scenario.ts';

const OFFICERS = role('OFFICER');
const first = stage('first', { rules: [user('ann')] });
const officers = stage('officers', { rules: [OFFICERS] });

/** The first stage is approved while the directory is down. */
function stuck(stages = [first, officers]) {
  const story = start(policy(stages), { lookups: [[OFFICERS, null]] });
  story.person('ann').approves();
  return story;
}

describe('a lookup that fails', () => {
  test('while creating refuses the request, and nothing exists', () => {
    const story = start(policy([officers]), { lookups: [[OFFICERS, null]] });
    expectRefusal(
      story.outcome(),
      'unavailable',
      /stage 1 .*directory timeout.*Nothing was created; try again/,
    );
    expect(story.exists()).toBe(false);
  });

  test('while creating refuses it also behind stages that are skipped', () => {
    const skipped = stage('s', { skip_if: { '==': [1, 1] }, rules: [user('ann')] });
    const story = start(policy([skipped, officers]), { lookups: [[OFFICERS, null]] });
    expectRefusal(story.outcome(), 'unavailable', /stage 2 /);
    expect(story.exists()).toBe(false);
  });

  test('is not an empty one: on_empty has no say', () => {
    const story = start(policy([stage('s', { on_empty: 'skip', rules: [OFFICERS] })]), {
      lookups: [[OFFICERS, null]],
    });
    expectRefusal(story.outcome(), 'unavailable', /directory timeout/);
  });

  test('keeps the decision that led there, and says when it is tried again', () => {
    const story = stuck();
    expect(story.outcome().kind).toBe('changed');
    expect(story.decisions()).toHaveLength(1);
    expect(story.stage(2)).toMatchObject({
      status: 'activating',
      next_attempt_at: '2026-04-20T08:00:05.000Z',
    });
    expect(story.request()).toMatchObject({ status: 'in_review', current_stage_order: 2 });
    expect(story.types().slice(-3)).toEqual(['task_decided', 'stage_completed', 'stage_activation_failed']);
    expect(story.payload('stage_activation_failed')).toMatchObject({
      reason: 'directory timeout',
      attempt: 1,
      next_attempt_at: '2026-04-20T08:00:05.000Z',
      phase: 'activation',
      stage_order: 2,
    });
  });

  test('is retried after 5 s, 15 s, 1 m, 5 m, and then every 15 m', () => {
    const story = stuck();
    for (const wait of [5, 15, 60, 300, 900, 900, 900]) {
      expect(story.secondsPass(wait - 1).kind).toBe('unchanged');
      expect(story.secondsPass(1).kind).toBe('changed');
      expect(story.stage(2).status).toBe('activating');
    }
    expect(story.payloads('stage_activation_failed').map((each) => each.attempt)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    story.lookupAnswers(OFFICERS, 'bob');
    story.secondsPass(900);
    expect(story.stage(2)).toMatchObject({ status: 'open', failures: 0, next_attempt_at: null });
    expect(story.pending(2)).toEqual(['bob']);
  });

  test('is retried now when forced, and counts as an attempt', () => {
    const story = stuck();
    story.tick(true);
    expect(story.payload('stage_activation_failed')).toMatchObject({
      attempt: 2,
      next_attempt_at: '2026-04-20T08:00:15.000Z',
    });
    story.lookupAnswers(OFFICERS, 'bob');
    story.tick(true);
    expect(story.pending(2)).toEqual(['bob']);
  });

  test('starts the SLA when people are found, not before', () => {
    const story = stuck([first, stage('officers', { sla_hours: 2, rules: [OFFICERS] })]);
    story.lookupAnswers(OFFICERS, 'bob');
    story.hoursPass(10);
    expect(story.task('bob').due_at).toBe('2026-04-20T20:00:00.000Z');
  });

  test('ends in a rejection when the answer is empty and on_empty blocks', () => {
    const story = stuck();
    story.lookupAnswers(OFFICERS);
    story.tick(true);
    expectRejected(story, 'no_approvers_resolved');
    expect(story.stage(2).status).toBe('rejected');
  });

  test('ends in a skip when the answer is empty and on_empty skips', () => {
    const story = stuck([first, stage('officers', { on_empty: 'skip', rules: [OFFICERS] })]);
    story.lookupAnswers(OFFICERS);
    story.tick(true);
    expect(story.request().status).toBe('approved');
    expect(story.payload('stage_skipped').reason).toBe('no_approvers');
  });

  test('is forgotten when the request is cancelled in between', () => {
    const story = stuck();
    story.admin().cancels();
    expect(story.stage(2)).toMatchObject({ status: 'cancelled', next_attempt_at: null });
    story.lookupAnswers(OFFICERS, 'bob');
    expect(story.hoursPass(1).kind).toBe('unchanged');
    expect(story.request().status).toBe('cancelled');
  });

  test('holds its whole parallel group back, and the group starts together', () => {
    const story = stuck([
      first,
      stage('legal', { parallel_group: 1, rules: [user('bob')] }),
      stage('money', { parallel_group: 1, rules: [OFFICERS] }),
      stage('board', { parallel_group: 1, rules: [user('dan')] }),
    ]);
    expect(story.approval().stages.map((each) => each.status)).toEqual([
      'approved',
      'activating',
      'activating',
      'activating',
    ]);
    expect(story.payloads('stage_activation_failed')).toHaveLength(1);
    expect(story.payload('stage_activation_failed')).toMatchObject({
      stage_order: 3,
      waiting_stages: [2, 3, 4],
    });
    expect(story.request().current_stage_order).toBe(2);
    expect(story.approval().tasks).toHaveLength(1);
    story.lookupAnswers(OFFICERS, 'cyd');
    story.secondsPass(5);
    expect(story.payloads('stage_started').map((each) => each.approvers)).toEqual([
      ['ann'],
      ['bob'],
      ['cyd'],
      ['dan'],
    ]);
  });

  test('keeps the stages that were skipped on the way', () => {
    const story = stuck([first, stage('s', { skip_if: { '==': [1, 1] }, rules: [user('x')] }), officers]);
    expect(story.stage(2).status).toBe('skipped');
    expect(story.stage(3).status).toBe('activating');
    story.lookupAnswers(OFFICERS, 'bob');
    story.tick(true);
    expect(story.payloads('stage_skipped')).toHaveLength(1);
  });

  test('looks up delegates as of the retry', () => {
    const story = stuck();
    story.goesAway('bob', 'dora');
    story.lookupAnswers(OFFICERS, 'bob');
    story.tick(true);
    expect(story.pending(2)).toEqual(['dora']);
  });

  test('after an automatic approval is postponed like after a decision', () => {
    const story = start(
      policy([stage('s', { sla_hours: 1, on_breach: 'auto_approve', rules: [user('ann')] }), officers]),
      { lookups: [[OFFICERS, null]] },
    );
    story.hoursPass(1);
    expect(story.stage(1).status).toBe('approved');
    // tried for the first time in this tick: the next attempt is 5 s away, not now
    expect(story.payloads('stage_activation_failed')).toHaveLength(1);
    expect(story.stage(2).next_attempt_at).toBe('2026-04-20T09:00:05.000Z');
  });
});
