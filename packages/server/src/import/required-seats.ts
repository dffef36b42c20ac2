import { compileLogic, usersFromExpression } from '@awe/engine/jsonlogic/compile';
import type { JsonObject, Rule, Stage } from '@awe/engine/policy';

/** Who must sign a stage: by name; `isWhole`: nobody else must. Everybody, when each rule is required. */
export type RequiredSeats = { everybody: boolean; names: ReadonlySet<string>; isWhole: boolean };

const NOBODY: ReadonlySet<string> = new Set();

/**
 * What the rules of a stage say about who must sign it, without asking anybody: whom a role, a group or a resolver named at
 * the time cannot be known any more.
 */
export function requiredSeats(stage: Stage, context: JsonObject): RequiredSeats {
  const approvers = stage.rules.filter((rule) => rule.kind === 'approver');
  const required = approvers.filter((rule) => rule.required);
  const named = required.map((rule) => namesOf(rule, context));
  return {
    everybody: required.length > 0 && required.length === approvers.length,
    names: new Set(named.flatMap((names) => names ?? [])),
    isWhole: named.every((names) => names !== null),
  };
}

/** The same where names tell nothing about seats. */
export function withoutNames(seats: RequiredSeats | undefined): RequiredSeats | undefined {
  return seats && { ...seats, names: NOBODY, isWhole: seats.isWhole && seats.names.size === 0 };
}

/** Whether this person must sign; null: that cannot be known. */
export function mustSign({ everybody, names, isWhole }: RequiredSeats, person: string): boolean | null {
  if (everybody || names.has(person)) return true;
  return isWhole ? false : null;
}

function namesOf({ rule_type, rule_value }: Rule, context: JsonObject): string[] | null {
  if (rule_type === 'user') return [String(rule_value.user_id)];
  if (rule_type !== 'expression') return null;
  const result = compileLogic(rule_value.logic ?? null)(context);
  const users = result.ok ? usersFromExpression(result.value) : result;
  return users.ok ? users.users : null;
}
