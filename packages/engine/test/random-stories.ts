import type { Action } from '@awe/engine/approval';
import type { JsonObject, Policy } from '@awe/engine/policy';
import fc, { type Arbitrary } from 'fast-check';
import { anyPolicy, type Flavour, LOOKUPS, PEOPLE, person } from './random-policies.ts';

/**
 * One thing that happens. `task` picks one of the tasks there are when it happens, by position modulo their number:
 * so every step makes sense in every state, and a story stays a story when steps are taken out of it.
 */
export type Step =
  | { does: 'decide'; task: number; as: 'assignee' | 'admin' | 'somebody'; who: string; action: Action }
  | { does: 'claim'; task: number; as: 'assignee' | 'admin' | 'somebody'; who: string }
  | { does: 'reassign'; task: number; to: string }
  | { does: 'cancel' }
  | { does: 'tick'; force: boolean; hours: number; twice: boolean }
  | { does: 'sleep'; hours: number }
  | { does: 'outage'; lookup: number; down: boolean }
  | { does: 'staffing'; lookup: number; users: string[] }
  | { does: 'delegate'; from: string; to: string | null };

export type RandomStory = {
  policy: Policy;
  requester: string | null;
  context: JsonObject;
  /** Whom each lookup finds, and whether it is down at the start. */
  found: { users: string[]; down: boolean }[];
  away: [string, string][];
  steps: Step[];
};

const task = fc.integer({ min: 0, max: 400 });
const actingAs = fc.oneof(
  { arbitrary: fc.constant('assignee' as const), weight: 8 },
  { arbitrary: fc.constant('admin' as const), weight: 2 },
  { arbitrary: fc.constant('somebody' as const), weight: 1 },
);
const action = fc.oneof(
  { arbitrary: fc.constant<Action>('approve'), weight: 10 },
  { arbitrary: fc.constant<Action>('abstain'), weight: 2 },
  { arbitrary: fc.constant<Action>('reject'), weight: 1 },
);
/** 0.0015 h is 5.4 s: past the first retry. */
const hours = fc.constantFrom(0, 0, 0.0015, 0.3, 1, 24, 48);
const users = fc.uniqueArray(person, { maxLength: 4, size: 'max' });
const lookup = fc.nat({ max: LOOKUPS.length - 1 });

function stepOf({ sla, lookups }: Flavour): Arbitrary<Step> {
  const step = <D extends Step['does']>(does: D) => fc.constant(does);
  return fc.oneof(
    {
      arbitrary: fc.record({ does: step('decide'), task, as: actingAs, who: person, action }),
      weight: 60,
    },
    { arbitrary: fc.record({ does: step('claim'), task, as: actingAs, who: person }), weight: 6 },
    { arbitrary: fc.record({ does: step('reassign'), task, to: person }), weight: 8 },
    { arbitrary: fc.record({ does: step('cancel') }), weight: 1 },
    {
      arbitrary: fc.record({ does: step('tick'), force: fc.boolean(), hours, twice: fc.boolean() }),
      weight: 8 + 2 * sla,
    },
    { arbitrary: fc.record({ does: step('sleep'), hours }), weight: 4 },
    { arbitrary: fc.record({ does: step('outage'), lookup, down: fc.boolean() }), weight: 2 + 2 * lookups },
    { arbitrary: fc.record({ does: step('staffing'), lookup, users }), weight: 2 },
    {
      arbitrary: fc.record({ does: step('delegate'), from: person, to: fc.option(person, { nil: null }) }),
      weight: 2,
    },
  );
}

/** Without fast-check's bias to small values, which would tell a quarter of the stories about policies of no stages. */
export function anyStory(flavour: Flavour): Arbitrary<RandomStory> {
  const story = fc.record({
    policy: anyPolicy(flavour),
    requester: fc.option(person, { nil: null, freq: 6 }),
    context: fc.record({ owner: fc.constantFrom(...PEOPLE, ''), large: fc.boolean() }),
    found: fc.array(fc.record({ users, down: fc.integer({ min: 0, max: 9 }).map((n) => n === 9) }), {
      minLength: LOOKUPS.length,
      maxLength: LOOKUPS.length,
    }),
    away: fc.array(fc.tuple(person, person), { maxLength: 3 }),
    steps: fc.array(stepOf(flavour), { minLength: 5, maxLength: 30, size: 'max' }),
  });
  return fc.noBias(story);
}
