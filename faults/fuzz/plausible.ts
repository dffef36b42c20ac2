import { MODES, ON_BREACH, ON_EMPTY, ON_REJECT, RULE_KINDS } from '@awe/engine/policy';
import fc, { type Arbitrary } from 'fast-check';
import type { Plausible } from './schema-values.ts';
import { person } from './who.ts';

type Rule = { rule_type: string; rule_value: object };

const rule =
  (rule_type: string) =>
  (rule_value: object): Rule => ({ rule_type, rule_value });
const someUser = person.map((user_id) => rule('user')({ user_id }));

const rules: Arbitrary<Rule> = fc.oneof(
  { arbitrary: someUser, weight: 20 },
  {
    arbitrary: fc
      .constantFrom<unknown>({ var: 'who' }, ['ann', 'bob'], {
        if: [{ '<': [{ var: 'amount' }, 10] }, 'ann', 'cyd'],
      })
      .map((logic) => rule('expression')({ logic })),
    weight: 2,
  },
  {
    arbitrary: fc
      .constantFrom('people', 'nobody')
      .map((way) => rule('http')({ url: `{{neighbour}}/${way}` })),
    weight: 2,
  },
  {
    arbitrary: fc
      .constantFrom('broken', 'nonsense')
      .map((way) => rule('http')({ url: `{{neighbour}}/${way}` })),
    weight: 1,
  },
  { arbitrary: fc.constant(rule('role')({ role: 'CLERK' })), weight: 1 },
);

const rulesIn = fc
  .record({
    found: rules,
    kind: fc.constantFrom('approver', 'approver', 'approver', ...RULE_KINDS),
    required: fc.constantFrom(false, false, false, true),
  })
  .map(({ found, kind, required }) => ({ ...found, kind, required: required && kind === 'approver' }));

const stagesIn = fc
  .record(
    {
      name: fc.constantFrom('Review', 'Sign-off', 'é 評価'),
      mode: fc.constantFrom(...MODES),
      mode_value: fc.constantFrom(null, 1, 2),
      timed: fc.constantFrom(null, ...ON_BREACH),
      skip_if: fc.constantFrom(
        null,
        null,
        null,
        null,
        null,
        null,
        { '<': [{ var: 'amount' }, 10] },
        { '==': [1, 1] },
      ),
      on_empty: fc.constantFrom(...ON_EMPTY),
      on_reject: fc.constantFrom(...ON_REJECT),
      rules: fc.array(rulesIn, { minLength: 1, maxLength: 3 }),
      escalation_rules: fc.array(rulesIn, { minLength: 1, maxLength: 2 }),
    },
    { noNullPrototype: true },
  )
  .map(({ timed, mode, on_reject, escalation_rules, ...stage }) => ({
    ...stage,
    mode,
    on_reject: mode === 'all' ? 'veto' : on_reject,
    ...(timed === null ? {} : { on_breach: timed, sla_hours: 24 }),
    ...(timed === 'escalate' ? { escalation_rules } : {}),
  }));

const stages = fc
  .array(stagesIn, { minLength: 1, maxLength: 3, size: 'max' })
  .map((all) => all.map((stage, index) => ({ ...stage, stage_order: index + 1 })));

const artifact = fc.constantFrom('change_request', 'payment', 'a/b ü');

/** What the API calls things, where the schema only says text. Names as in `valuesOf`. */
export const PLAUSIBLE: Plausible = {
  'PolicyCreate.stages': stages,
  'PolicyCreate.name': fc.constantFrom('A policy', 'Politique'),
  ApproverRuleIn: rulesIn,
  'CreateRequestIn.policy_key': fc.constant('{{policy.key}}'),
  'CreateRequestIn.callback_secret_id': fc.constant(null),
  'CreateRequestIn.callback_url': fc.constantFrom(
    ...[null, null, null, null],
    ...['{{neighbour}}/ok', '{{neighbour}}/ok', '{{neighbour}}/gone', '{{neighbour}}/gone'],
    ...['{{neighbour}}/broken', 'ftp://x/'],
  ),
  'CreateRequestIn.context': fc.record(
    { amount: fc.nat({ max: 50 }), who: person },
    { noNullPrototype: true, requiredKeys: [] },
  ),
  'CreateRequestIn.requester': fc.option(person),
  artifact_type: artifact,
  artifact_id: fc.constantFrom('A-1', 'A-2', 'A-3'),
  user_id: person,
  delegate_to: person,
  new_assignee: fc.oneof(person, fc.constant('stand-in-{{fresh}}')),
  assignee: fc.constantFrom('me', '*', 'ann', '{{task.assignee}}'),
  request_id: fc.constant('{{request.id}}'),
  cursor: fc.constantFrom(null, null, '{{cursor.id}}'),
  starts_at: fc.constantFrom('2026-01-01T00:00:00Z', '2020-02-29T10:00:00.123456789+05:30'),
  ends_at: fc.constantFrom('2036-01-01T00:00:00Z', '2035-12-31T23:59:59.999-11:00'),
  status: fc.constantFrom(
    'open',
    'open,claimed',
    'in_review',
    'approved',
    'pending',
    'delivered',
    'exhausted',
    'none',
  ),
  'Idempotency-Key': fc.constantFrom('k-1', 'k-2', 'k-3', 'schlüssel-{{fresh}}'),
};
