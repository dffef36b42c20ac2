import type { Stage } from '@awe/engine/policy';
import { describe, expect, test } from 'vitest';
import { observer, policy, type RuleWords, required, stage, user } from './policy-words.ts';
import { expectRejected, start } from './scenario.ts';

const PEOPLE = ['ann', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gil'] as const;

type Rules = Partial<Pick<Stage, 'mode' | 'mode_value' | 'on_reject' | 'on_empty'>>;

/** A request with one stage that asks the first `count` people. */
function asking(count: number, rules: Rules, extra: RuleWords[] = []) {
  return start(
    policy([stage('officers', { ...rules, rules: [...PEOPLE.slice(0, count).map(user), ...extra] })]),
  );
}

describe('needed is fixed at activation', () => {
  const rows: [string, Rules, number, number][] = [
    ['all', { mode: 'all' }, 3, 3],
    ['all of one', { mode: 'all' }, 1, 1],
    ['any-n with mode_value', { mode: 'any-n', mode_value: 2 }, 3, 2],
    ['any-n without mode_value', { mode: 'any-n' }, 3, 1],
    ['quorum with mode_value', { mode: 'quorum', mode_value: 3 }, 3, 3],
    ['quorum without mode_value', { mode: 'quorum' }, 3, 1],
    ['percentage without mode_value', { mode: 'percentage' }, 3, 3],
    ['50 % of 3', { mode: 'percentage', mode_value: 50 }, 3, 2],
    ['50 % of 4', { mode: 'percentage', mode_value: 50 }, 4, 2],
    ['51 % of 4', { mode: 'percentage', mode_value: 51 }, 4, 3],
    ['1 % of 7', { mode: 'percentage', mode_value: 1 }, 7, 1],
    ['67 % of 3', { mode: 'percentage', mode_value: 67 }, 3, 3],
    ['66 % of 3', { mode: 'percentage', mode_value: 66 }, 3, 2],
    ['100 % of 7', { mode: 'percentage', mode_value: 100 }, 7, 7],
  ];
  test.each(rows)('%s', (_, rules, people, needed) => {
    const story = asking(people, rules);
    expect(story.payload('stage_started').needed).toBe(needed);
    for (const person of PEOPLE.slice(0, needed - 1)) story.person(person).approves();
    expect(story.request().status).toBe('in_review');
    story.person(PEOPLE[needed - 1] ?? '').approves();
    expect(story.request().status).toBe('approved');
  });

  // in floating point 14 / 100 × 50 is 7.000000000000001, and would ask for eight
  test('percentages are computed without floating point error', () => {
    const many = Array.from({ length: 50 }, (_, i) => user(`p${i}`));
    const story = start(policy([stage('s', { mode: 'percentage', mode_value: 14, rules: many })]));
    expect(story.payload('stage_started').needed).toBe(7);
  });

  test.each(['any-n', 'quorum'] as const)('%s that asks for more than there are is unreachable', (mode) => {
    const story = asking(2, { mode, mode_value: 3 });
    expectRejected(story, 'quorum_unreachable');
    expect(story.approval().tasks).toEqual([]);
  });
});

/** a: approve, r: reject, x: abstain; one letter a person, in order. `then` is the status after the last one. */
type Row = [rules: Rules, people: number, votes: string, status: string, reason?: string];

const VETO: Rules = { mode: 'all' };
const TWO: Rules = { mode: 'any-n', mode_value: 2 };
const TWO_COUNTED: Rules = { ...TWO, on_reject: 'count' };
const HALF_COUNTED: Rules = { mode: 'percentage', mode_value: 50, on_reject: 'count' };

const ROWS: Row[] = [
  [VETO, 3, 'aa', 'in_review'],
  [VETO, 3, 'aaa', 'approved'],
  [VETO, 3, 'ar', 'rejected', 'rejected_by_approver'],
  [VETO, 3, 'ax', 'in_review'],
  [VETO, 3, 'axa', 'approved'],
  [VETO, 3, 'xxa', 'approved'],
  [VETO, 3, 'xx', 'in_review'],
  [VETO, 3, 'xxx', 'rejected', 'no_effective_votes'],
  [VETO, 1, 'x', 'rejected', 'no_effective_votes'],
  [VETO, 3, 'xxr', 'rejected', 'rejected_by_approver'],
  [TWO, 3, 'a', 'in_review'],
  [TWO, 3, 'aa', 'approved'],
  [TWO, 3, 'r', 'rejected', 'rejected_by_approver'],
  [TWO, 3, 'x', 'in_review'],
  [TWO, 3, 'xaa', 'approved'],
  [TWO, 3, 'xx', 'rejected', 'quorum_unreachable'],
  [TWO_COUNTED, 3, 'r', 'in_review'],
  [TWO_COUNTED, 3, 'raa', 'approved'],
  [TWO_COUNTED, 3, 'rr', 'rejected', 'quorum_unreachable'],
  [TWO_COUNTED, 3, 'rx', 'rejected', 'quorum_unreachable'],
  [HALF_COUNTED, 4, 'rra', 'in_review'],
  [HALF_COUNTED, 4, 'rraa', 'approved'],
  [HALF_COUNTED, 4, 'rrr', 'rejected', 'quorum_unreachable'],
  [{ mode: 'percentage', mode_value: 50 }, 4, 'xxx', 'rejected', 'quorum_unreachable'],
  [{ mode: 'quorum', mode_value: 1 }, 2, 'xx', 'rejected', 'quorum_unreachable'],
];

describe('votes', () => {
  test.each(ROWS)('%j with %i people: %s is %s', (rules, people, votes, status, reason) => {
    const story = asking(people, rules);
    for (const [i, vote] of [...votes].entries()) {
      expect(story.request().status).toBe('in_review');
      const person = story.person(PEOPLE[i] ?? '');
      if (vote === 'a') person.approves();
      else if (vote === 'r') person.rejects();
      else person.abstains();
    }
    expect(story.request().status).toBe(status);
    if (reason) {
      expectRejected(story, reason);
      expect(story.payload('stage_completed')).toMatchObject({ outcome: 'rejected', reason });
    }
  });

  test('a rejection by a person names the actor', () => {
    const story = asking(2, VETO);
    story.person('bob').rejects();
    expect(story.payload('request_rejected')).toMatchObject({ actor: 'bob', reason: 'rejected_by_approver' });
  });

  test('an approved stage skips its remaining open tasks, observers too', () => {
    const story = asking(3, { mode: 'any-n' }, [observer(user('olga'))]);
    story.person('bob').claims();
    story.person('ann').approves();
    expect(story.approval().tasks.map((task) => task.status)).toEqual([
      'completed',
      'skipped',
      'skipped',
      'skipped',
    ]);
  });

  test('a rejected stage skips what is open in the whole request', () => {
    const story = start(
      policy([
        stage('legal', { parallel_group: 1, rules: [user('ann'), user('bob')] }),
        stage('money', { parallel_group: 1, rules: [user('cyd'), observer(user('olga'))] }),
      ]),
    );
    story.person('ann').rejects();
    expect(story.approval().tasks.map((task) => task.status)).toEqual([
      'completed',
      'skipped',
      'skipped',
      'skipped',
    ]);
    expect(story.stage(2).status).toBe('cancelled');
  });
});

describe('required seats', () => {
  const mustSign = (rules: Rules) => asking(2, rules, [required(user('vic'))]);

  test('hold the stage open although needed is reached', () => {
    const story = mustSign(TWO);
    story.person('ann').approves();
    story.person('bob').approves();
    expect(story.request().status).toBe('in_review');
    story.person('vic').approves();
    expect(story.request().status).toBe('approved');
  });

  test('are not enough alone', () => {
    const story = mustSign(TWO);
    story.person('vic').approves();
    expect(story.pending(1)).toEqual(['ann', 'bob']);
  });

  test.each([['all', VETO] as const, ['any-n', TWO] as const, ['count', TWO_COUNTED] as const])(
    'that abstain reject the stage (%s)',
    (_, rules) => {
      const story = mustSign(rules);
      story.person('vic').abstains();
      expectRejected(story, 'required_abstained');
    },
  );

  test('that abstain reject the stage even when needed is reached', () => {
    const story = mustSign(TWO);
    story.person('ann').approves();
    story.person('bob').approves();
    story.person('vic').abstains();
    expectRejected(story, 'required_abstained');
  });

  test('that reject under count reject the stage: that seat can never be satisfied', () => {
    const story = mustSign(TWO_COUNTED);
    story.person('vic').rejects();
    expectRejected(story, 'required_rejected');
  });

  test('that reject under veto reject it like anybody', () => {
    const story = mustSign(TWO);
    story.person('vic').rejects();
    expectRejected(story, 'rejected_by_approver');
  });
});

describe('observers', () => {
  test.each(['approves', 'rejects', 'abstains'] as const)('that %s only comment', (word) => {
    const story = asking(2, { mode: 'any-n' }, [observer(user('olga'))]);
    story.person('olga')[word]();
    expect(story.request().status).toBe('in_review');
    expect(story.decisions()).toHaveLength(1);
    expect(story.task('olga').status).toBe('completed');
    expect(story.types().at(-1)).toBe('task_decided');
    expect(story.payload('task_decided')).toMatchObject({ kind: 'observer', actor: 'olga' });
  });

  test('are not counted in needed, and do not keep a stage alive', () => {
    const story = asking(1, VETO, [observer(user('olga'))]);
    expect(story.payload('stage_started')).toMatchObject({
      needed: 1,
      approvers: ['ann'],
      observers: ['olga'],
    });
    story.person('ann').abstains();
    expectRejected(story, 'no_effective_votes');
  });
});
