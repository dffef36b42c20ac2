import type { JsonObject } from '@awe/engine/policy';
import { validatePolicy } from '@awe/engine/policy-validation';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const word = (...words: string[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...words) }, fc.string());
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const number = fc.oneof(
  fc.integer({ min: 1, max: 12 }),
  fc.integer(),
  fc.double({ noNaN: true }).map(Math.trunc),
);
const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })) as fc.Arbitrary<JsonObject>;
const value: fc.Arbitrary<JsonObject> = fc.oneof(
  json,
  fc.constantFrom<JsonObject>(
    { user_id: 'u' },
    { role: 'R' },
    { group: '/g' },
    { logic: 'u' },
    { url: 'http://h/' },
  ),
);
const anyRule = fc.record({
  rule_type: word('user', 'role', 'group', 'expression', 'http'),
  rule_value: value,
  kind: maybe(word('approver', 'observer')),
  required: maybe(fc.boolean()),
});
const rules = maybe(fc.array(anyRule, { maxLength: 3 }));
const anyStage = fc.record({
  name: fc.string(),
  stage_order: number,
  mode: maybe(word('all', 'any-n', 'quorum', 'percentage')),
  mode_value: maybe(number),
  sla_hours: maybe(number),
  skip_if: maybe(fc.oneof(json, fc.constant<JsonObject>({ '==': [1, { var: 'x' }] }))),
  on_empty: maybe(word('block', 'skip')),
  parallel_group: maybe(number),
  on_breach: maybe(word('notify', 'auto_approve', 'auto_reject', 'escalate')),
  on_reject: maybe(word('veto', 'count')),
  rules,
  escalation_rules: rules,
});
const anyPolicy = fc.record({
  policy_key: word('payments'),
  name: word('Payments'),
  artifact_type: word('payment'),
  stages: maybe(fc.array(anyStage, { maxLength: 4 })),
});
const goodRule = fc.record({
  rule_type: fc.constant('user'),
  rule_value: fc.record({ user_id: fc.constantFrom('u-alice', 'u-bob') }),
  kind: maybe(fc.constantFrom('approver', 'observer')),
});
const goodPolicy = fc
  .uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 6 })
  .chain((orders) =>
    fc.tuple(
      ...orders.map((stage_order) =>
        fc.record({
          name: fc.constant('Stage'),
          stage_order: fc.constant(stage_order),
          mode: maybe(fc.constantFrom('all', 'any-n', 'quorum', 'percentage')),
          mode_value: maybe(fc.integer({ min: 1, max: 100 })),
          sla_hours: fc.integer({ min: 1, max: 100 }),
          on_breach: maybe(fc.constantFrom('notify', 'auto_approve', 'auto_reject')),
          rules: maybe(fc.array(goodRule, { maxLength: 3 })),
        }),
      ),
    ),
  )
  .map((stages) => ({ policy_key: 'payments', name: 'Payments', artifact_type: 'payment', stages }));

test('no document makes validation throw; a refusal names at least one fault with a place', () => {
  fc.assert(
    fc.property(anyPolicy, (document) => {
      const result = validatePolicy(document);
      if (!result.ok)
        expect(result.faults.every(({ path, message }) => path !== '' && message !== '')).toBe(true);
      if (!result.ok) expect(result.faults).not.toHaveLength(0);
    }),
    { numRuns: 500 },
  );
});

test('what validation gives back is valid, and comes back the same', () => {
  fc.assert(
    fc.property(goodPolicy, (document) => {
      const once = validatePolicy(document);
      expect(once.ok).toBe(true);
      const stages = once.ok ? once.stages : [];
      expect(stages.map((s) => s.stage_order)).toEqual(
        stages.map((s) => s.stage_order).toSorted((a, b) => a - b),
      );
      expect(validatePolicy({ ...document, stages })).toEqual(once);
    }),
    { numRuns: 300 },
  );
});
