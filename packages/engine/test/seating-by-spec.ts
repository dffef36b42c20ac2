import { compileLogic, truthy, usersFromExpression } from '@awe/engine/jsonlogic/compile';
import type { Lookup } from '@awe/engine/people';
import type { JsonObject, Rule, RuleKind, Stage } from '@awe/engine/policy';
import type { SeatShape } from '@awe/engine/replay';
import type { Directory } from './chronicle.ts';

export type SeatingBySpec = {
  approvers: string[];
  /** The original of each approver who is there for somebody else only. */
  standsInFor: (string | null)[];
  required: string[];
  outcome: 'open' | 'pass' | 'blocked';
};

/**
 * Section 3 of the specification once more, filter after filter over whole lists. `barred` are the people whom the
 * separation of duties keeps out. Null: a lookup fails.
 */
export function seatingBySpec(
  stage: Stage,
  context: JsonObject,
  barred: ReadonlySet<string>,
  directory: Directory,
): SeatingBySpec | null {
  const passed: SeatingBySpec = { approvers: [], standsInFor: [], required: [], outcome: 'pass' };
  const skip = stage.skip_if === null ? null : compileLogic(stage.skip_if)(context);
  if (skip?.ok && truthy(skip.value)) return passed;

  const eligible = eligibleBySpec(stage.rules, context, barred, directory);
  if (eligible === null) return null;
  const seatOf = (user: string): string => standInOf(user, barred, directory) ?? user;
  const approvers = [...new Set(eligible.flatMap(({ users }) => users.map(seatOf)))];
  const everybody = eligible.flatMap(({ users }) => users);
  const standsInFor = approvers.map((person) =>
    everybody.includes(person) ? null : (everybody.find((user) => seatOf(user) === person) ?? null),
  );
  const marks = eligible.filter(({ rule }) => rule.required);
  const required = new Set(marks.flatMap(({ users }) => users.map(seatOf)));
  const blocked: SeatingBySpec = { approvers: [], standsInFor: [], required: [], outcome: 'blocked' };
  if (marks.some(({ users }) => users.length === 0)) return blocked;
  if (approvers.length === 0) return stage.on_empty === 'skip' ? passed : blocked;
  const counts = stage.mode === 'any-n' || stage.mode === 'quorum';
  if (counts && (stage.mode_value ?? 1) > approvers.length) return blocked;
  return {
    approvers,
    standsInFor,
    required: approvers.filter((user) => required.has(user)),
    outcome: 'open',
  };
}

/**
 * Section 5's escalation in the same manner: who is asked besides those in `seats`, and who must sign from now on. It is
 * nobody when a required rule names nobody who could vote here.
 */
export function escalationBySpec(
  stage: Stage,
  context: JsonObject,
  barred: ReadonlySet<string>,
  directory: Directory,
  seats: ReadonlyMap<string, SeatShape>,
): { added: string[]; required: string[]; observers: string[] } | null {
  const held = [...seats].filter(([, seat]) => seat.status !== 'reassigned');
  const seatedAs = (kind: RuleKind) =>
    new Set(held.filter(([, seat]) => seat.kind === kind).map(([user]) => user));
  const voting = seatedAs('approver');
  const watching = seatedAs('observer');
  const barredHere = new Set([...barred, ...watching]);
  const eligible = eligibleBySpec(stage.escalation_rules, context, barredHere, directory);
  if (eligible === null) return null;
  const marks = eligible.filter(({ rule }) => rule.required);
  if (marks.some(({ users }) => users.length === 0)) return { added: [], required: [], observers: [] };

  const seatOf = (user: string): string =>
    voting.has(user) ? user : (standInOf(user, barredHere, directory) ?? user);
  const named = [...new Set(eligible.flatMap(({ users }) => users.map(seatOf)))];
  const signing = new Set(marks.flatMap(({ users }) => users.map(seatOf)));
  const observing = stage.escalation_rules
    .filter((rule) => rule.kind === 'observer')
    .flatMap((rule) => usersOf(rule, context, directory) ?? []);
  return {
    added: named.filter((user) => !voting.has(user)),
    required: named.filter((user) => signing.has(user)),
    observers: [...new Set(observing)].filter(
      (user) => !named.includes(user) && !voting.has(user) && !watching.has(user),
    ),
  };
}

/** The approver rules with those of their people who may vote; null when a lookup of any rule fails. */
function eligibleBySpec(
  rules: readonly Rule[],
  context: JsonObject,
  barred: ReadonlySet<string>,
  directory: Directory,
): { rule: Rule; users: string[] }[] | null {
  const found = rules.map((rule) => ({ rule, users: usersOf(rule, context, directory) }));
  if (found.some(({ users }) => users === null)) return null;
  return found
    .filter(({ rule }) => rule.kind === 'approver')
    .map(({ rule, users }) => ({ rule, users: (users ?? []).filter((user) => !barred.has(user)) }));
}

function standInOf(user: string, barred: ReadonlySet<string>, directory: Directory): string | null {
  const delegate = directory.delegateOf(user);
  if (delegate === null || delegate === user || barred.has(delegate)) return null;
  return directory.delegateOf(delegate) === null ? delegate : null;
}

function usersOf(rule: Rule, context: JsonObject, directory: Directory): string[] | null {
  if (rule.rule_type === 'user') return [String(rule.rule_value.user_id)];
  if (rule.rule_type === 'expression') {
    const result = compileLogic(rule.rule_value.logic ?? null)(context);
    const users = result.ok ? usersFromExpression(result.value) : null;
    return users?.ok ? users.users : null;
  }
  const answer = directory.lookUp(rule as Lookup);
  return answer.ok ? answer.users : null;
}
