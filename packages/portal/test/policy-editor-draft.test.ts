import { describe, expect, it } from 'vitest';
import { ApiFailure } from '../src/api/failure.ts';
import { documentOf, draftOf, type PolicyDraft } from '../src/pages/policies/editor/draft/draft.ts';
import { changeDraft, type DraftChange } from '../src/pages/policies/editor/draft/draft-change.ts';
import { refusalPlaces } from '../src/pages/policies/editor/draft/refusal-places.ts';
import { expressionOf } from '../src/pages/policies/editor/logic/expression.ts';
import { hasGaps, logicOf, queryOf } from '../src/pages/policies/editor/logic/query.ts';

/** `A B+C` for a stage alone and two beside each other; names are the stages. */
function draftFrom(words: string): PolicyDraft {
  const steps = words.split(' ').map((step) => step.split('+'));
  const stages = steps.flatMap((names, step) =>
    names.map((name) => ({ name, parallel_group: names.length > 1 ? step + 1 : null })),
  );
  return draftOf({
    policy_key: 'p',
    name: 'p',
    artifact_type: 't',
    stages: stages.map((stage, at) => ({ ...stage, stage_order: at + 1 })),
  });
}

function inWords(draft: PolicyDraft): string {
  return draft.stages.map(({ name, joined }, at) => `${at === 0 ? '' : joined ? '+' : ' '}${name}`).join('');
}

function after(words: string, change: (idOf: (name: string) => string) => DraftChange): string {
  const draft = draftFrom(words);
  const idOf = (name: string) => draft.stages.find((each) => each.name === name)?.id ?? '';
  return inWords(changeDraft(draft, change(idOf)));
}

describe('moving stages', () => {
  it.each([
    ['A B C', 'C', 0, false, 'C A B'],
    ['A B C', 'C', 1, true, 'A+C B'],
    ['A+B C', 'C', 1, false, 'A+C+B'],
    ['A+B C', 'A', 2, false, 'B C A'],
    ['A+B+C D', 'A', 3, false, 'B+C D A'],
    ['A+B C', 'B', 2, false, 'A C B'],
    ['A+B', 'B', 0, true, 'B A'],
  ])('%s: %s to %i (beside: %s) is %s', (words, name, to, joined, expected) => {
    expect(after(words, (idOf) => ({ do: 'move', id: idOf(name), to, joined }))).toBe(expected);
  });

  it('leaves the rest of a group together when its first goes', () => {
    expect(after('A B+C+D', (idOf) => ({ do: 'remove', id: idOf('B') }))).toBe('A C+D');
  });
});

describe('the numbers of stages', () => {
  const numbered = (orders: number[], groups: (number | null)[] = []) =>
    draftOf({
      policy_key: 'p',
      name: 'p',
      artifact_type: 't',
      stages: orders.map((stage_order, at) => ({
        name: `${at}`,
        stage_order,
        parallel_group: groups[at] ?? null,
      })),
    });

  it('stay while they fit, and are counted anew when they do not', () => {
    const draft = numbered([10, 20, 30], [7, 7, null]);
    const document = documentOf(draft);
    expect(document.stages).toMatchObject([
      { stage_order: 10, parallel_group: 7 },
      { stage_order: 20, parallel_group: 7 },
      { stage_order: 30, parallel_group: null },
    ]);
    const id = draft.stages[2]?.id ?? '';
    const moved = documentOf(changeDraft(draft, { do: 'move', id, to: 0, joined: false }));
    expect(moved.stages?.map(({ name, stage_order }) => [name, stage_order])).toEqual([
      ['2', 1],
      ['0', 2],
      ['1', 3],
    ]);
  });
});

describe('conditions in words', () => {
  it.each([
    { '<': [{ var: 'amount' }, 1000] },
    {
      and: [
        { '==': [{ var: 'a' }, 'x'] },
        { or: [{ '!': { in: [{ var: 'd' }, ['D1', 'D2']] } }, { '==': [{ var: 'ok' }, true] }] },
      ],
    },
    { '!=': [{ var: 'x' }, null] },
    { in: ['urgent', { var: 'tags' }] },
    { in: [{ var: 'd' }, []] },
    { '>=': [{ var: 'n' }, { var: 'm' }] },
  ])('says all of %j', (logic) => {
    const query = queryOf(logic);
    expect(query && logicOf(query)).toEqual(logic);
  });

  it.each([
    { '===': [{ var: 'x' }, 1] },
    { '!': { var: 'x' } },
    { and: [{ var: 'urgent' }, { '<': [{ var: 'a' }, 1] }] },
    { '<': [{ var: ['amount', 0] }, 1000] },
    { some: [{ var: 'lines' }, { '>': [{ var: 'amount' }, 1] }] },
    { '<=': [1, { var: 'x' }, 5] },
    { '==': [{ '%': [{ var: 'x' }, 2] }, 0] },
    { in: [{ '+': [1, 2] }, ['a']] },
  ])('leaves %j as it is', (logic) => {
    expect(queryOf(logic)).toBeNull();
  });

  it('knows an unfinished line', () => {
    expect(hasGaps({ '==': [{ var: '' }, 'x'] })).toBe(true);
    expect(hasGaps({ '<': [{ var: 'amount' }, ''] })).toBe(true);
    expect(hasGaps({ in: [{ var: 'd' }, []] })).toBe(true);
    expect(hasGaps({ '==': [{ var: 'd' }, ''] })).toBe(false);
  });
});

describe('expressions', () => {
  it('read a field, a choice, and leave the rest', () => {
    const condition = { '<': [{ var: 'amount' }, 5] };
    expect(expressionOf({ var: 'manager' })).toEqual({ kind: 'field', field: 'manager' });
    expect(expressionOf({ if: [condition, ['u-a'], []] })).toEqual({
      kind: 'choice',
      condition,
      people: ['u-a'],
      otherwise: [],
    });
    expect(expressionOf({ if: [condition, 'u-a', []] }).kind).toBe('raw');
    expect(expressionOf({ var: ['manager', 'u-a'] }).kind).toBe('raw');
  });
});

describe('what the service refuses', () => {
  it('is put at its places', () => {
    const message =
      'The policy cannot work: name must not be blank; stages[0].rules[1].rule_value.url has credentials; take them out.';
    expect(refusalPlaces(new ApiFailure(message, { status: 400, code: 'AWE-010' }))).toEqual([
      { path: 'name', message: 'must not be blank' },
      { path: 'stages[0].rules[1].rule_value.url', message: 'has credentials; take them out' },
    ]);
    const fields = [{ path: 'stages.0.mode_value', message: 'must be integer' }];
    expect(refusalPlaces(new ApiFailure('', { status: 422, fields }))).toEqual([
      { path: 'stages[0].mode_value', message: 'must be integer' },
    ]);
    expect(refusalPlaces(new ApiFailure('no', { status: 503, code: 'AWE-007' }))).toEqual([]);
  });
});
