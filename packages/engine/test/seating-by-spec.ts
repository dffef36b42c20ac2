import { compileLogic, truthy, usersFromExpression } from '@awe/engine/jsonlogic/compile';
import type { Lookup } from '@awe/engine/people';
import type { JsonObject, Rule, Stage } from '@awe/engine/policy';
import type { Directory } from './chronicle.ts';

export type SeatingBySpec = { approvers: string[]; required: string[]; outcome: 'open' | 'pass' | 'blocked' };

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
  const passed: SeatingBySpec = { approvers: [], required: [], outcome: 'pass' };
  const skip = stage.skip_if === null ? null : compileLogic(stage.skip_if)(context);
  if (skip?.ok && truthy(skip.value)) return passed;

  const found = stage.rules.map((rule) => ({ rule, users: usersOf(rule, context, directory) }));
  if (found.some(({ users }) => users === null)) return null;
  const eligible = found
    .filter(({ rule }) => rule.kind === 'approver')
    .map(({ rule, users }) => ({ rule, users: (users ?? []).filter((user) => !barred.has(user)) }));

  const seatOf = (user: string): string => {
    const delegate = directory.delegateOf(user);
    if (delegate === null || delegate === user) return user;
    return directory.delegateOf(delegate) === null && !barred.has(delegate) ? delegate : user;
  };
  const approvers = [...new Set(eligible.flatMap(({ users }) => users.map(seatOf)))];
  const marks = eligible.filter(({ rule }) => rule.required);
  const required = new Set(marks.flatMap(({ users }) => users.map(seatOf)));
  const blocked: SeatingBySpec = { approvers: [], required: [], outcome: 'blocked' };
  if (marks.some(({ users }) => users.length === 0)) return blocked;
  if (approvers.length === 0) return stage.on_empty === 'skip' ? passed : blocked;
  const counts = stage.mode === 'any-n' || stage.mode === 'quorum';
  if (counts && (stage.mode_value ?? 1) > approvers.length) return blocked;
  return { approvers, required: approvers.filter((user) => required.has(user)), outcome: 'open' };
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
