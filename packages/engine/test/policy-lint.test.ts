import type { RuleDocument, StageDocument } from '@awe/engine/policy-document';
import { lintPolicy, type Warning } from '@awe/engine/policy-lint';
import { validatePolicy } from '@awe/engine/policy-validation';
import { expect, test } from 'vitest';

const user = (user_id: string): RuleDocument => ({ rule_type: 'user', rule_value: { user_id } });
const alice = user('u-alice');
const officers: RuleDocument = { rule_type: 'role', rule_value: { role: 'OFFICER' } };

function warningsFor(...stages: Partial<StageDocument>[]): Warning[] {
  const result = validatePolicy({
    policy_key: 'payments',
    name: 'Payments',
    artifact_type: 'payment',
    stages: stages.map((changes, i) => ({ name: 'Stage', stage_order: i + 1, rules: [alice], ...changes })),
  });
  expect(result).toMatchObject({ ok: true });
  return result.ok ? lintPolicy(result.stages) : [];
}

test.each<[string, Partial<StageDocument>[]]>([
  ['a plain stage', [{}]],
  ['one stage of two that may be skipped', [{ on_empty: 'skip' }, {}]],
  ['auto_approve without a required seat', [{ on_breach: 'auto_approve', sla_hours: 1 }]],
  ['as many users as approvals', [{ mode: 'any-n', mode_value: 2, rules: [alice, user('u-bob')] }]],
  ['a role that may have enough members', [{ mode: 'any-n', mode_value: 5, rules: [alice, officers] }]],
  ['any-n without a value', [{ mode: 'any-n' }]],
  ['a mode_value that mode all ignores', [{ mode_value: 3 }]],
  ['a condition on the data', [{ skip_if: { '<': [{ var: 'amount' }, 100] } }]],
  ['a percentage with its value', [{ mode: 'percentage', mode_value: 50 }]],
  ['an escalation to somebody', [{ on_breach: 'escalate', sla_hours: 1, escalation_rules: [officers] }]],
])('nothing to say about %s', (_, stages) => {
  expect(warningsFor(...stages)).toEqual([]);
});

test.each<[string, Partial<StageDocument>[], Warning]>([
  [
    'no stages',
    [],
    {
      code: 'no_stages',
      path: 'stages',
      message: 'there are none: every request is approved at once',
    },
  ],
  [
    'on_empty skip on every stage',
    [{ on_empty: 'skip' }, { on_empty: 'skip' }],
    {
      code: 'skips_everywhere',
      path: 'stages',
      message: 'all have on_empty "skip": a request for which nobody is found is approved without a decision',
    },
  ],
  [
    'no rules',
    [{}, { rules: [] }],
    {
      code: 'no_approver_rule',
      path: 'stages[1].rules',
      message: 'name no approver, so that this stage always rejects the request, as on_empty says',
    },
  ],
  [
    'observers only',
    [{}, { rules: [{ ...alice, kind: 'observer' }], on_empty: 'skip', mode: 'any-n', mode_value: 2 }],
    {
      code: 'no_approver_rule',
      path: 'stages[1].rules',
      message: 'name no approver, so that this stage is always skipped, as on_empty says',
    },
  ],
  [
    'auto_approve beside a required seat',
    [{ on_breach: 'auto_approve', sla_hours: 1, rules: [{ ...alice, required: true }] }],
    {
      code: 'auto_approve_with_required',
      path: 'stages[0].on_breach',
      message: 'approves for nobody who is required: they still have to sign',
    },
  ],
  [
    'fewer users than approvals',
    [{ mode: 'quorum', mode_value: 2, rules: [alice, alice] }],
    {
      code: 'too_few_users',
      path: 'stages[0].mode_value',
      message: 'asks for 2 approvals of 1 named: every request is rejected here',
    },
  ],
  [
    'a condition that is always true',
    [{ skip_if: { '==': [1, 1] } }],
    {
      code: 'constant_skip_if',
      path: 'stages[0].skip_if',
      message: 'looks at no data, so that this stage is always skipped',
    },
  ],
  [
    'a condition that is always false',
    [{ skip_if: { '!': [1] } }],
    {
      code: 'constant_skip_if',
      path: 'stages[0].skip_if',
      message: 'looks at no data, so that this stage is never skipped',
    },
  ],
  [
    'a condition that always errors',
    [{ skip_if: { '/': [1, null] } }],
    {
      code: 'constant_skip_if',
      path: 'stages[0].skip_if',
      message: 'looks at no data, so that this stage is never skipped',
    },
  ],
  [
    'a percentage without a value',
    [{ mode: 'percentage' }],
    {
      code: 'percentage_without_value',
      path: 'stages[0].mode_value',
      message: 'is not given and means 100: everybody must approve',
    },
  ],
  [
    'an escalation to observers',
    [{ on_breach: 'escalate', sla_hours: 1, escalation_rules: [{ ...alice, kind: 'observer' }] }],
    {
      code: 'escalation_without_approver',
      path: 'stages[0].escalation_rules',
      message: 'name no approver, so that nobody new can decide',
    },
  ],
])('warns about %s', (_, stages, warning) => {
  expect(warningsFor(...stages)).toEqual([warning]);
});

test('warnings are fit for a header, and give the place in the order the stages run', () => {
  const warnings = warningsFor(
    { stage_order: 9, name: 'Prüfung', mode: 'percentage' },
    { stage_order: 2, rules: [] },
  );
  expect(warnings.map(({ path }) => path)).toEqual(['stages[0].rules', 'stages[1].mode_value']);
  expect(JSON.stringify(warnings)).toMatch(/^[\x20-\x7e]*$/);
});
