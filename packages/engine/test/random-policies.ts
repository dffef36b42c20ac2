import type { JsonObject, JsonValue, Mode, OnBreach, Policy, Stage } from '@awe/engine/policy';
import fc, { type Arbitrary } from 'fast-check';
import {
  expression,
  group,
  http,
  observer,
  policy,
  type RuleWords,
  required,
  role,
  type StageWords,
  user,
} from './policy-words.ts';

/** Few enough that people meet themselves again: as requester, delegate, approver of two stages, observer. */
export const PEOPLE = ['ann', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gil', 'hal'] as const;
/** The lookups there are; a random request decides whom they find, and random outages when they fail. */
export const LOOKUPS = [role('CLERK'), role('CHIEF'), group('/d1'), http('https://who.example/')] as const;

/** What a property is about; numbers are weights against 10 for everything that is ordinary. */
export type Flavour = { sla: number; parallel: number; strict: boolean; lookups: number };

export const person = fc.constantFrom(...PEOPLE);

const EXPRESSIONS: readonly JsonValue[] = [
  { var: 'owner' },
  { if: [{ var: 'large' }, ['ann', 'bob'], 'cyd'] },
  { var: 'nobody' },
];
const FAILING_EXPRESSION: JsonValue = { if: [{ '>': [{ var: 'gone' }, 1] }, 'ann', 'bob'] };
const SKIPS: readonly (JsonObject | null)[] = [
  ...[null, null, null, null, null, null],
  { '==': [1, 2] },
  { var: 'large' },
  { '<': [{ var: 'gone' }, 10] },
];

function ruleOf({ lookups }: Flavour): Arbitrary<RuleWords> {
  return fc.oneof(
    { arbitrary: person.map(user), weight: 10 },
    { arbitrary: fc.constantFrom(...LOOKUPS), weight: lookups },
    { arbitrary: fc.constantFrom(...EXPRESSIONS).map(expression), weight: 2 },
    { arbitrary: fc.constant(expression(FAILING_EXPRESSION)), weight: lookups > 5 ? 1 : 0 },
  );
}

function approverOf(flavour: Flavour): Arbitrary<RuleWords> {
  const marked = fc.tuple(ruleOf(flavour), fc.nat({ max: 11 }));
  return marked.map(([words, mark]) => (mark === 11 ? required(words) : words));
}

const modes: Arbitrary<Pick<Stage, 'mode' | 'mode_value' | 'on_reject'>> = fc
  .record({
    mode: fc.constantFrom<Mode>('all', 'any-n', 'quorum', 'percentage'),
    count: fc.option(fc.constantFrom(1, 1, 2, 2, 3), { nil: null, freq: 4 }),
    percent: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null, freq: 4 }),
    counted: fc.boolean(),
  })
  .map(({ mode, count, percent, counted }) => ({
    mode,
    mode_value: mode === 'percentage' ? percent : count,
    on_reject: counted && mode !== 'all' ? 'count' : 'veto',
  }));

function slaOf({ sla }: Flavour): Arbitrary<Pick<Stage, 'sla_hours' | 'on_breach'>> {
  const none = fc.constant({ sla_hours: null, on_breach: null });
  const some = fc.record({
    sla_hours: fc.constantFrom(1, 24, 48),
    on_breach: fc.constantFrom<OnBreach | null>(
      null,
      'notify',
      'auto_approve',
      'auto_reject',
      'escalate',
      'escalate',
    ),
  });
  return fc.oneof({ arbitrary: none, weight: 10 }, { arbitrary: some, weight: sla });
}

function stageOf(flavour: Flavour): Arbitrary<StageWords> {
  return fc
    .record({
      name: fc.constant('stage'),
      decided: modes,
      timed: slaOf(flavour),
      skip_if: fc.constantFrom(...SKIPS),
      on_empty: fc.constantFrom('block' as const, 'skip' as const),
      approvers: fc.array(approverOf(flavour), { minLength: 1, maxLength: 5, size: 'max' }),
      nobody: fc.integer({ min: 0, max: 40 }),
      observers: fc.array(ruleOf({ ...flavour, lookups: 1 }).map(observer), { maxLength: 1 }),
      escalated: fc.array(approverOf({ ...flavour, lookups: flavour.lookups + 10 }), {
        minLength: 1,
        maxLength: 2,
      }),
    })
    .map(({ decided, timed, approvers, nobody, observers, escalated, ...words }) => ({
      ...words,
      ...decided,
      ...timed,
      rules: nobody === 0 ? observers : [...approvers, ...observers],
      escalation_rules: timed.on_breach === 'escalate' ? escalated : [],
    }));
}

/** Any policy that the validation accepts, as far as the engine can tell policies apart. */
export function anyPolicy(flavour: Flavour): Arbitrary<Policy> {
  const stage = fc.record({
    words: stageOf(flavour),
    joins: fc.integer({ min: 0, max: 9 + flavour.parallel }),
  });
  const stages = fc.oneof(
    { arbitrary: fc.array(stage, { minLength: 1, maxLength: 4, size: 'max' }), weight: 24 },
    { arbitrary: fc.constant([]), weight: 1 },
  );
  const flags = fc.record({ forbid_self_approval: fc.boolean(), forbid_repeat_approvers: fc.boolean() });
  return fc.tuple(stages, flags).map(([all, forbidden]) => {
    let groups = 0;
    const placed = all.map(({ words, joins }) => {
      if (joins < 9) groups += 1;
      return { ...words, parallel_group: groups };
    });
    return policy(placed, flavour.strict ? forbidden : {});
  });
}
