import type { PolicyCreate, StageIn } from '@awe/contract/policies';
import { describe, expect, it } from 'vitest';
import { semanticDiff } from '../src/diff/semantic-diff.ts';
import { diffSentences } from '../src/diff/sentences.ts';

const user = (user_id: string, more: object = {}) => ({
  rule_type: 'user',
  rule_value: { user_id },
  ...more,
});
const legal = { name: 'Legal', rules: [user('lena')] };
const finance = { name: 'Finance', rules: [user('finn'), user('fay')], mode: 'any-n', mode_value: 2 };
const director = { name: 'Director', rules: [user('dora')] };

type Stage = Partial<StageIn> & { name: string };
const policy = (stages: Stage[], more: Partial<PolicyCreate> = {}): PolicyCreate => ({
  policy_key: 'payments',
  name: 'Payments',
  artifact_type: 'payment',
  stages: stages.map((stage, index) => ({ stage_order: index + 1, ...stage })),
  ...more,
});
const sentences = (before: PolicyCreate, after: PolicyCreate) => diffSentences(semanticDiff(before, after));
const between = (before: Stage, after: Stage) => sentences(policy([before]), policy([after]));
const kinds = (before: PolicyCreate, after: PolicyCreate) =>
  semanticDiff(before, after).stages.map(({ kind, name }) => `${name} ${kind}`);

describe('what a new version means', () => {
  it('says nothing when only the writing differs', () => {
    const before = policy([
      { ...legal, stage_order: 1, parallel_group: 1, on_breach: null },
      { ...finance, stage_order: 2, parallel_group: 1, mode: 'any-n' },
      { ...director, stage_order: 3, rules: [{ rule_type: 'role', rule_value: { role: 'D', client: 'c' } }] },
    ]);
    const after = policy(
      [
        { ...legal, stage_order: 10, parallel_group: 7, on_breach: 'notify', on_empty: 'block', mode: 'all' },
        {
          ...finance,
          stage_order: 20,
          parallel_group: 7,
          mode: 'quorum',
          rules: [user('fay'), user('finn')],
        },
        {
          ...director,
          stage_order: 30,
          rules: [{ rule_type: 'role', rule_value: { client: 'c', role: 'D' } }],
        },
      ],
      { description: null, forbid_self_approval: false },
    );
    const diff = semanticDiff(before, after);
    expect(diffSentences(diff)).toEqual([]);
    expect(diff.isEmpty).toBe(true);
  });

  it('names stages that come and go, at their places', () => {
    const before = policy([legal, finance, director]);
    const after = policy([{ name: 'Triage', rules: [user('tom')] }, legal, director]);
    expect(kinds(before, after)).toEqual([
      'Triage added',
      'Legal unchanged',
      'Finance removed',
      'Director unchanged',
    ]);
    expect(sentences(before, after)).toEqual([
      'The stage “Triage” is added.',
      'The stage “Finance” is removed.',
    ]);
    expect(semanticDiff(before, after).isEmpty).toBe(false);
  });

  it('puts a stage that was the first and is gone at the top', () => {
    expect(kinds(policy([legal, finance]), policy([finance]))).toEqual([
      'Legal removed',
      'Finance unchanged',
    ]);
    const triage = { name: 'Triage', rules: [user('tom')] };
    expect(kinds(policy([legal, finance]), policy([triage, finance]))).toEqual([
      'Legal removed',
      'Triage added',
      'Finance unchanged',
    ]);
  });

  it('knows a stage by its people when it is renamed', () => {
    expect(sentences(policy([legal, finance]), policy([{ ...legal, name: 'Lawyers' }, finance]))).toEqual([
      '“Lawyers”: Name: Legal → Lawyers',
    ]);
  });

  it('says of a stage that moved where it runs, and nothing of those it passed', () => {
    expect(sentences(policy([legal, finance, director]), policy([director, legal, finance]))).toEqual([
      '“Director”: Place: step 3 → step 1',
    ]);
  });

  it('says beside whom a stage runs', () => {
    const before = policy([legal, finance]);
    const after = policy([
      { ...legal, parallel_group: 1 },
      { ...finance, parallel_group: 1 },
    ]);
    expect(sentences(before, after)).toEqual([
      '“Legal”: Runs: alone → beside Finance',
      '“Finance”: Runs: alone → beside Legal',
    ]);
  });

  it('tells stages of one name apart by their people', () => {
    const twin = (name: string) => ({ name: 'Review', rules: [user(name)] });
    expect(sentences(policy([twin('a'), twin('b')]), policy([twin('b'), twin('a')]))).toHaveLength(1);
    expect(sentences(policy([twin('a'), twin('b')]), policy([twin('b')]))).toEqual([
      'The stage “Review” is removed.',
    ]);
  });
});

describe('what changes within a stage', () => {
  it('counts approvals', () => {
    expect(between(finance, { ...finance, mode: 'quorum', mode_value: 3 })).toEqual([
      '“Finance”: Approvals: any 2 approve → any 3 approve',
    ]);
    expect(between(finance, { ...finance, mode: 'percentage', mode_value: 50, on_reject: 'count' })).toEqual([
      '“Finance”: Approvals: any 2 approve → 50 % approve',
      '“Finance”: Rejection: one rejection ends it → a rejection only uses up that vote',
    ]);
  });

  it('names rules that come, go, and weigh more', () => {
    const rules = [user('fay', { required: true }), user('fred')];
    expect(between(finance, { ...finance, rules })).toEqual([
      '“Finance”: Asked: fay → fay (must approve)',
      '“Finance”: Asked, removed: finn',
      '“Finance”: Asked, added: fred',
    ]);
  });

  it('takes an expression that was edited for the same rule, with its JSON', () => {
    const asked = (name: string) => ({
      ...legal,
      rules: [{ rule_type: 'expression', rule_value: { logic: { var: name } } }],
    });
    const [stage] = semanticDiff(policy([asked('manager')]), policy([asked('head')])).stages;
    expect(stage?.changes).toEqual([
      {
        aspect: 'rule',
        before: 'whoever this names: manager',
        after: 'whoever this names: head',
        raw: { before: { logic: { var: 'manager' } }, after: { logic: { var: 'head' } } },
      },
    ]);
  });

  it('says conditions in words and keeps the JSON behind them', () => {
    const below = (amount: number) => ({ ...legal, skip_if: { '<': [{ var: 'amount' }, amount] } });
    const [stage] = semanticDiff(policy([below(1000)]), policy([below(5000)])).stages;
    expect(stage?.changes).toEqual([
      {
        aspect: 'skip_if',
        before: 'skipped if amount < 1000',
        after: 'skipped if amount < 5000',
        raw: { before: below(1000).skip_if, after: below(5000).skip_if },
      },
    ]);
    expect(between(legal, below(5000))).toEqual(['“Legal”: Skipping, added: skipped if amount < 5000']);
    expect(between(below(5000), { ...legal, skip_if: null })).toEqual([
      '“Legal”: Skipping, removed: skipped if amount < 5000',
    ]);
  });

  it('says time limits and what happens after them', () => {
    const escalates = { ...legal, sla_hours: 48, on_breach: 'escalate', escalation_rules: [user('carla')] };
    expect(between(legal, escalates)).toEqual([
      '“Legal”: Time limit, added: due after 48 hours',
      '“Legal”: When overdue, added: when overdue, also asks carla',
      '“Legal”: Asked when overdue, added: carla',
    ]);
    expect(between(escalates, { ...escalates, sla_hours: 24, escalation_rules: [user('carl')] })).toEqual([
      '“Legal”: Time limit: due after 48 hours → due after 24 hours',
      '“Legal”: Asked when overdue, removed: carla',
      '“Legal”: Asked when overdue, added: carl',
    ]);
    expect(between({ ...legal, on_breach: null }, { ...legal, sla_hours: 1, on_breach: 'notify' })).toEqual([
      '“Legal”: Time limit, added: due after 1 hour',
    ]);
  });

  it('says what happens when nobody is found', () => {
    expect(between(legal, { ...legal, on_empty: 'skip' })).toEqual([
      '“Legal”: Nobody found: rejected if nobody is found → skipped if nobody is found',
    ]);
  });
});

describe('what changes for the whole policy', () => {
  it('names filters and what it is called', () => {
    const after = policy([legal], { name: 'Paying', description: 'Money', forbid_self_approval: true });
    expect(sentences(policy([legal]), after)).toEqual([
      'Name: Payments → Paying',
      'Description, added: Money',
      'Own requests: people may be asked to approve their own request → nobody is asked to approve their own request',
    ]);
  });
});
