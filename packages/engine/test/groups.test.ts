import { describe, expect, test } from 'vitest';
import { observer, policy, required, role, stage, user } from './policy-words.ts';
import { expectRejected, start } from './scenario.ts';

const OFFICERS = role('OFFICER');
const LARGE = { '>': [{ var: 'amount' }, 1000] };
const first = stage('first', { rules: [user('ann')] });
const together = (name: string, person: string, extra = {}) =>
  stage(name, { parallel_group: 1, rules: [user(person)], ...extra });

describe('a parallel group', () => {
  test('activates together and is done when each stage is approved', () => {
    const story = start(
      policy([
        first,
        together('legal', 'bob'),
        together('money', 'cyd'),
        stage('last', { rules: [user('dan')] }),
      ]),
    );
    expect(story.approval().stages.map((each) => each.stage_order)).toEqual([1]);
    story.person('ann').approves();
    expect(story.approval().stages.map((each) => each.status)).toEqual(['approved', 'open', 'open']);
    expect(story.request().current_stage_order).toBe(2);
    story.person('cyd').approves();
    expect(story.request().current_stage_order).toBe(2);
    expect(story.approval().stages).toHaveLength(3);
    story.person('bob').approves();
    expect(story.stage(4).status).toBe('open');
    expect(story.request().current_stage_order).toBe(4);
  });

  test('shows the lowest active stage as the current one', () => {
    const story = start(policy([together('legal', 'bob'), together('money', 'cyd')]));
    expect(story.request().current_stage_order).toBe(1);
    story.person('bob').approves();
    expect(story.request().current_stage_order).toBe(2);
    story.person('cyd').approves();
    expect(story.request()).toMatchObject({ status: 'approved', current_stage_order: 2 });
  });

  test('applies skip_if and on_empty to each stage', () => {
    const story = start(
      policy([
        together('skipped', 'bob', { skip_if: { '==': [1, 1] } }),
        together('empty', 'nobody', { on_empty: 'skip', rules: [OFFICERS] }),
        together('money', 'cyd'),
      ]),
      { lookups: [[OFFICERS, []]] },
    );
    expect(story.approval().stages.map((each) => each.status)).toEqual(['skipped', 'skipped', 'open']);
    expect(story.payloads('stage_skipped').map((each) => each.reason)).toEqual(['skip_if', 'no_approvers']);
    expect(story.request().current_stage_order).toBe(3);
    story.person('cyd').approves();
    expect(story.payload('request_approved').reason).toBeUndefined();
  });

  test.each([
    ['nobody found', { rules: [OFFICERS] }, 'no_approvers_resolved'],
    ['an empty required seat', { rules: [user('dan'), required(OFFICERS)] }, 'required_approver_unavailable'],
    ['a quorum out of reach', { mode: 'any-n', mode_value: 2 }, 'quorum_unreachable'],
  ])('that is blocked by %s creates no task and starts no stage', (_, blocked, reason) => {
    const story = start(policy([first, together('legal', 'bob'), together('money', 'cyd', blocked)]), {
      lookups: [[OFFICERS, []]],
    });
    story.person('ann').approves();
    expectRejected(story, reason);
    expect(story.payload('request_rejected').stage_order).toBe(3);
    expect(story.approval().tasks).toHaveLength(1);
    expect(story.payloads('stage_started')).toHaveLength(1);
    expect(story.decisions()).toHaveLength(1);
    expect(story.request().current_stage_order).toBe(1);
  });

  test('rejects the request with any of its stages', () => {
    const story = start(policy([together('legal', 'bob'), together('money', 'cyd')]));
    story.person('cyd').rejects();
    expectRejected(story, 'rejected_by_approver');
    expect(story.approval().stages.map((each) => each.status)).toEqual(['cancelled', 'rejected']);
    expect(story.request().current_stage_order).toBe(1);
  });

  test('lets one person vote on each of its stages', () => {
    const story = start(policy([together('legal', 'bob'), together('money', 'bob')]));
    story.person('bob').approves(1);
    story.person('bob').approves(2);
    expect(story.request().status).toBe('approved');
  });
});

describe('skip_if', () => {
  const story = (context: Record<string, number>) =>
    start(
      policy([stage('director', { skip_if: { '<': [{ var: 'amount' }, 1000] }, rules: [user('dan')] })]),
      {
        context,
      },
    );

  test('that is true skips the stage', () => {
    expect(story({ amount: 5 }).payload('stage_skipped')).toMatchObject({
      reason: 'skip_if',
      stage_order: 1,
    });
  });

  test('that is false asks its people', () => {
    expect(story({ amount: 5000 }).pending(1)).toEqual(['dan']);
    expect(story({ amount: 5000 }).payload('stage_started').skip_if_error).toBeUndefined();
  });

  test('that errors does not skip, and says so in stage_started', () => {
    const careless = story({});
    expect(careless.pending(1)).toEqual(['dan']);
    expect(careless.payload('stage_started').skip_if_error).toMatch(/</);
  });

  test('that errors says so also when the stage is passed over or blocked then', () => {
    const careless = { skip_if: { '<': [{ var: 'amount' }, 1000] }, rules: [OFFICERS] };
    const given: Parameters<typeof start>[1] = { lookups: [[OFFICERS, []]] };
    const passed = start(policy([stage('s', { ...careless, on_empty: 'skip' })]), given);
    expect(passed.payload('stage_skipped')).toMatchObject({
      reason: 'no_approvers',
      skip_if_error: expect.stringContaining('amount'),
    });
    const blocked = start(policy([stage('s', careless)]), given);
    expectRejected(blocked, 'no_approvers_resolved');
    expect(blocked.payload('request_rejected').skip_if_error).toContain('amount');
  });

  test('that is true asks nobody, so a failing lookup does not matter', () => {
    const skipped = start(policy([stage('s', { skip_if: { '==': [1, 1] }, rules: [OFFICERS] })]), {
      lookups: [[OFFICERS, null]],
    });
    expect(skipped.request().status).toBe('approved');
  });
});

describe('on_empty', () => {
  test('block: rejected, no_approvers_resolved', () => {
    const story = start(policy([stage('s', { rules: [OFFICERS] })]), { lookups: [[OFFICERS, []]] });
    expectRejected(story, 'no_approvers_resolved');
    expect(story.types()).toEqual(['request_created', 'request_rejected']);
    expect(story.request()).toMatchObject({ current_stage_order: 0, status: 'rejected' });
  });

  test('skip: the next stage starts', () => {
    const story = start(
      policy([stage('s', { on_empty: 'skip', rules: [OFFICERS] }), stage('t', { rules: [user('ann')] })]),
      { lookups: [[OFFICERS, []]] },
    );
    expect(story.payload('stage_skipped')).toMatchObject({ reason: 'no_approvers' });
    expect(story.pending(2)).toEqual(['ann']);
  });

  test('looks at approvers only: a stage with only observers has nobody to ask', () => {
    const story = start(policy([stage('s', { rules: [observer(user('olga'))] })]));
    expectRejected(story, 'no_approvers_resolved');
  });
});

describe('the end without a vote', () => {
  test('zero stages: approved at once, no_stages', () => {
    const story = start(policy([]));
    expect(story.request()).toMatchObject({ status: 'approved', current_stage_order: 0 });
    expect(story.payload('request_approved')).toMatchObject({ reason: 'no_stages', stage_order: null });
  });

  test('all skipped: approved at once, all_stages_skipped', () => {
    const skip = { skip_if: LARGE };
    const story = start(
      policy([
        stage('a', { ...skip, rules: [user('ann')] }),
        stage('b', { ...skip, parallel_group: 2, rules: [user('bob')] }),
        stage('c', { ...skip, parallel_group: 2, rules: [user('cyd')] }),
      ]),
      { context: { amount: 2000 } },
    );
    expect(story.request().status).toBe('approved');
    expect(story.payload('request_approved').reason).toBe('all_stages_skipped');
    expect(story.payloads('stage_skipped')).toHaveLength(3);
  });
});
