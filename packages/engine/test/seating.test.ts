import type { JsonValue } from '@awe/engine/policy';
import { describe, expect, test } from 'vitest';
import {
  expression,
  group,
  http,
  observer,
  policy,
  type RuleWords,
  required,
  role,
  stage,
  user,
} from './policy-words.ts';
import { expectRefusal, expectRejected, start } from './scenario.ts';

const OFFICERS = role('OFFICER');
const anyOne = { mode: 'any-n', mode_value: 1 } as const;

function asked(rules: RuleWords[], given: Parameters<typeof start>[1] = {}, flags = {}) {
  return start(policy([stage('officers', { ...anyOne, rules })], flags), given);
}

describe('rules', () => {
  test('are a union, in rule order, without duplicates', () => {
    const rules = [
      user('zoe'),
      OFFICERS,
      group('/d1'),
      user('alice'),
      expression({ var: 'owner' }),
      http('h'),
    ];
    const story = asked(rules, {
      context: { owner: ['otto', 'bob', 7] },
      lookups: [
        [OFFICERS, ['bob', 'alice', 'bob']],
        [group('/d1'), ['carol', 'zoe']],
        [http('h'), ['hal']],
      ],
    });
    expect(story.seats(1)).toEqual(['zoe', 'bob', 'alice', 'carol', 'otto', '7', 'hal']);
    expect(story.payload('stage_started').approvers).toEqual(story.seats(1));
  });

  test.each([
    ['null', null, []],
    ['false', false, []],
    ['an empty string', '', []],
    ['an empty list', [], []],
    ['a string', 'otto', ['otto']],
    ['a list with a number', ['otto', 7], ['otto', '7']],
  ])('an expression that gives %s', (_, owner, people) => {
    expect(asked([user('zoe'), expression({ var: 'owner' })], { context: { owner } }).seats(1)).toEqual([
      'zoe',
      ...people,
    ]);
  });

  test.each([
    ['a number', 7],
    ['true', true],
    ['an object', { id: 'otto' }],
  ])('an expression that gives %s is a failed resolution', (_, owner) => {
    const story = asked([expression({ var: 'owner' })], { context: { owner } });
    expectRefusal(story.outcome(), 'unavailable', /stage 1 .*expression rule failed/);
    expect(story.exists()).toBe(false);
  });

  test.each([
    ['no number', { '/': [0, 0] }],
    ['a number without end', { '/': [1, 0] }],
    ['a list with such a number', [['otto'], { '/': [0, 0] }]],
  ])('an expression that comes to %s is a failed resolution', (_, logic: JsonValue) => {
    expectRefusal(asked([expression(logic)]).outcome(), 'unavailable', /stage 1 .*expression rule failed/);
  });

  test('an expression that errors is a failed resolution', () => {
    const story = asked([expression({ if: [{ '>': [{ var: 'amount' }, 5] }, 'a', 'b'] })]);
    expectRefusal(story.outcome(), 'unavailable', /expression rule failed.*Nothing was created/);
  });

  test('one question is asked once for all stages that need it', () => {
    const story = start(
      policy([
        stage('a', { rules: [OFFICERS], parallel_group: 1 }),
        stage('b', { rules: [OFFICERS], parallel_group: 1 }),
      ]),
      { lookups: [[OFFICERS, ['alice']]] },
    );
    expect([story.seats(1), story.seats(2)]).toEqual([['alice'], ['alice']]);
  });
});

describe('filters', () => {
  test('forbid_self_approval removes the requester', () => {
    const rules = [user('rita'), user('bob')];
    expect(asked(rules, { requester: 'rita' }, { forbid_self_approval: true }).seats(1)).toEqual(['bob']);
    expect(asked(rules, { requester: 'rita' }).seats(1)).toEqual(['rita', 'bob']);
    expect(asked(rules, { requester: null }, { forbid_self_approval: true }).seats(1)).toHaveLength(2);
  });

  test('forbid_repeat_approvers removes who approved an earlier stage, not who abstained or was only asked', () => {
    const everybody = ['alice', 'bob', 'carol', 'dave'].map(user);
    const story = start(
      policy(
        [
          stage('first', { mode: 'any-n', mode_value: 2, rules: everybody }),
          stage('second', { ...anyOne, rules: everybody }),
        ],
        { forbid_repeat_approvers: true },
      ),
    );
    story.person('alice').approves();
    story.person('bob').abstains();
    story.person('carol').approves();
    expect(story.seats(2)).toEqual(['bob', 'dave']);
  });

  test('forbid_repeat_approvers removes an admin who approved for somebody, and that somebody too', () => {
    const story = start(
      policy(
        [stage('first', { rules: [user('alice')] }), stage('second', { rules: [user('root'), user('bob')] })],
        {
          forbid_repeat_approvers: true,
        },
      ),
    );
    story.admin('root').approvesFor('alice');
    expect(story.seats(2)).toEqual(['bob']);
  });

  test('an approval of the SLA monitor makes nobody a repeat approver', () => {
    const story = start(
      policy(
        [
          stage('first', { sla_hours: 8, on_breach: 'auto_approve', rules: [user('alice')] }),
          stage('second', { rules: [user('alice')] }),
        ],
        { forbid_repeat_approvers: true },
      ),
    );
    story.hoursPass(8);
    expect(story.pending(2)).toEqual(['alice']);
  });

  test('an approving comment of an observer makes nobody a repeat approver', () => {
    const story = start(
      policy(
        [
          stage('first', { rules: [user('alice'), observer(user('olga'))] }),
          stage('second', { rules: [user('olga')] }),
        ],
        { forbid_repeat_approvers: true },
      ),
    );
    story.person('olga').approves();
    story.person('alice').approves();
    expect(story.pending(2)).toEqual(['olga']);
  });

  test('siblings of a parallel group are not earlier, the next group is later than all of them', () => {
    const people = [user('alice'), user('bob')];
    const story = start(
      policy(
        [
          stage('legal', { ...anyOne, parallel_group: 1, rules: people }),
          stage('money', { ...anyOne, parallel_group: 1, rules: people }),
          stage('board', { ...anyOne, rules: [...people, user('carol')] }),
        ],
        { forbid_repeat_approvers: true },
      ),
    );
    story.person('alice').approves(1);
    story.person('alice').approves(2);
    expect(story.seats(3)).toEqual(['bob', 'carol']);
  });

  test('observers are never filtered', () => {
    const story = asked(
      [user('bob'), observer(user('rita'))],
      { requester: 'rita' },
      { forbid_self_approval: true },
    );
    expect(story.payload('stage_started')).toMatchObject({ approvers: ['bob'], observers: ['rita'] });
  });

  test('one person who is observer and approver has the approver task only', () => {
    const story = asked([observer(user('alice')), user('alice'), observer(user('olga'))]);
    expect(story.approval().tasks.map((task) => [task.assignee, task.kind])).toEqual([
      ['alice', 'approver'],
      ['olga', 'observer'],
    ]);
  });

  test('an observer stays an observer when filters took the approver task away', () => {
    const rules = [user('rita'), user('bob'), observer(user('rita'))];
    const story = asked(rules, { requester: 'rita' }, { forbid_self_approval: true });
    expect(story.task('rita').kind).toBe('observer');
  });
});

describe('delegation', () => {
  test('one hop: the delegate is asked, the original is remembered', () => {
    const story = asked([user('alice'), user('bob')], { away: { alice: 'dora' } });
    expect(story.seats(1)).toEqual(['dora', 'bob']);
    expect(story.task('dora').delegated_from).toBe('alice');
    expect(story.task('bob').delegated_from).toBeNull();
  });

  test.each([
    ['is away too', { alice: 'dora', dora: 'emil' }, {}],
    ['is away to the original', { alice: 'dora', dora: 'alice' }, {}],
    ['is the user', { alice: 'alice' }, {}],
    ['is the requester', { alice: 'rita' }, { forbid_self_approval: true }],
  ])('the original keeps the task when the delegate %s', (_, away: Record<string, string>, flags) => {
    const story = asked([user('alice'), user('bob')], { away, requester: 'rita' }, flags);
    expect(story.seats(1)).toEqual(['alice', 'bob']);
    expect(story.task('alice').delegated_from).toBeNull();
  });

  test('the original keeps the task when the delegate approved an earlier stage', () => {
    const story = start(
      policy([stage('first', { rules: [user('dora')] }), stage('second', { rules: [user('alice')] })], {
        forbid_repeat_approvers: true,
      }),
      { away: { alice: 'dora' } },
    );
    story.person('dora').approves();
    expect(story.seats(2)).toEqual(['alice']);
  });

  test('a delegate who is an approver already has one task and one vote', () => {
    const story = asked([user('alice'), user('dora'), user('bob')], {
      away: { alice: 'dora', bob: 'dora' },
    });
    expect(story.seats(1)).toEqual(['dora']);
    expect(story.payload('stage_started')).toMatchObject({ approvers: ['dora'], needed: 1 });
  });

  test.each([[['alice', 'dora']], [['dora', 'alice']]])(
    'who is named directly stands in for nobody, whatever the order of the rules: %j',
    (people) => {
      const story = asked(people.map(user), { away: { alice: 'dora' } });
      expect(story.approval().tasks.map((task) => [task.assignee, task.delegated_from])).toEqual([
        ['dora', null],
      ]);
    },
  );

  test('who is named directly by an observer rule only still stands in', () => {
    const story = asked([observer(user('dora')), user('alice')], { away: { alice: 'dora' } });
    expect(story.task('dora')).toMatchObject({ kind: 'approver', delegated_from: 'alice' });
  });

  test('a filtered user is gone before delegation: the requester cannot send a delegate', () => {
    const story = asked(
      [user('rita'), user('bob')],
      { requester: 'rita', away: { rita: 'dora' } },
      { forbid_self_approval: true },
    );
    expect(story.seats(1)).toEqual(['bob']);
  });

  test('observers are not delegated', () => {
    const story = asked([user('bob'), observer(user('olga'))], { away: { olga: 'dora' } });
    expect(story.payload('stage_started').observers).toEqual(['olga']);
  });

  test('applies to new tasks only', () => {
    const story = start(
      policy([stage('first', { rules: [user('alice')] }), stage('second', { rules: [user('alice')] })]),
    );
    story.goesAway('alice', 'dora');
    story.person('alice').approves(1);
    expect(story.pending(2)).toEqual(['dora']);
  });
});

describe('a required seat', () => {
  test('moves with delegation', () => {
    const story = asked([user('bob'), required(user('alice'))], { away: { alice: 'dora' } });
    expect(story.payload('stage_started').required_approvers).toEqual(['dora']);
    story.person('bob').approves();
    expect(story.request().status).toBe('in_review');
    story.person('dora').approves();
    expect(story.request().status).toBe('approved');
  });

  test('moves onto the task the delegate has already', () => {
    const story = asked([user('dora'), user('bob'), required(user('alice'))], { away: { alice: 'dora' } });
    expect(story.task('dora').required).toBe(true);
    expect(story.task('bob').required).toBe(false);
  });

  test('keeps its mark when a later rule finds the same person', () => {
    const story = asked([required(user('alice')), user('bob'), user('alice')]);
    expect(story.payload('stage_started').required_approvers).toEqual(['alice']);
  });

  test('moves with reassignment', () => {
    const story = asked([user('bob'), required(user('alice'))]);
    story.admin().reassigns('alice', 'frida');
    expect(story.task('frida').required).toBe(true);
    story.person('bob').approves();
    expect(story.request().status).toBe('in_review');
    story.person('frida').approves();
    expect(story.request().status).toBe('approved');
  });

  test('is every person that the rule finds', () => {
    const story = asked([required(OFFICERS), user('bob')], { lookups: [[OFFICERS, ['alice', 'carol']]] });
    story.person('alice').approves();
    story.person('bob').approves();
    expect(story.pending(1)).toEqual(['carol']);
  });

  test.each([
    ['finds nobody', [OFFICERS, []] as [RuleWords, string[]], {}],
    [
      'finds only the requester',
      [OFFICERS, ['rita']] as [RuleWords, string[]],
      { forbid_self_approval: true },
    ],
  ])('fails closed when its rule %s, whatever on_empty says', (_, lookup, flags) => {
    for (const on_empty of ['skip', 'block'] as const) {
      const rules = [required(OFFICERS), user('bob')];
      const story = start(policy([stage('s', { ...anyOne, on_empty, rules })], flags), {
        requester: 'rita',
        lookups: [lookup],
      });
      expectRejected(story, 'required_approver_unavailable');
      expect(story.approval().tasks).toEqual([]);
    }
  });
});
