import { quote } from '../fault.ts';
import type { JsonObject, JsonValue } from '../policy.ts';
import { userIdFault } from '../user-id.ts';
import { OPERATORS } from './operators.ts';
import { type Evaluate, LogicError, type Operand, type Run, STEP_BUDGET, spend } from './run.ts';
import { checkResult, truthy } from './value.ts';

export { truthy };

/** Nesting of lists and objects that logic may have, as for a request's context. */
export const MAX_LOGIC_DEPTH = 32;

/**
 * What logic comes to. A number, also one in a list, may be NaN or infinite: it is worth its truth, but no JSON.
 * `reason` names the operator and the operand that is to blame, never a value from the data.
 */
export type LogicResult = { ok: true; value: JsonValue } | { ok: false; reason: string };

/** Logic made ready to be evaluated any number of times. Never throws. */
export type CompiledLogic = (data: JsonObject) => LogicResult;

/** As many as a resolver may name. */
const MAX_USERS = 10_000;

const compiled = new WeakMap<object, CompiledLogic>();

function failing(reason: string): Evaluate {
  return () => {
    throw new LogicError(reason);
  };
}

function operandsOf(given: JsonValue | undefined, depth: number): Operand[] {
  const nested = Array.isArray(given);
  if (nested) checkDepth(depth);
  return (nested ? given : [given ?? null]).map((source) => ({
    source,
    evaluate: prepare(source, nested ? depth + 1 : depth),
  }));
}

function checkDepth(depth: number): void {
  if (depth > MAX_LOGIC_DEPTH) throw new LogicError(`nested more than ${MAX_LOGIC_DEPTH} levels deep`);
}

/** `depth` is that of `logic` itself: 1 for the whole. */
function prepare(logic: JsonValue, depth: number): Evaluate {
  if (typeof logic !== 'object' || logic === null) return () => logic ?? null;
  checkDepth(depth);
  if (Array.isArray(logic)) {
    if (logic.every((item) => typeof item !== 'object' || item === null)) return () => logic;
    const items = logic.map((item) => prepare(item, depth + 1));
    return (scope, run) => {
      spend(run, items.length);
      return items.map((item) => item(scope, run));
    };
  }
  const names = Object.keys(logic);
  const name = names[0];
  if (name === undefined || names.length > 1)
    return failing(`an object with ${names.length} operators is no operation`);
  const operator = OPERATORS.get(name);
  if (!operator) return failing(`${quote(name)} is not an operator`);
  const operands = operandsOf(logic[name], depth + 1);
  const evaluate = operator(operands);
  // Literal operands cost nothing by themselves; thousands of them, once per list element, would.
  const cost = 1 + operands.length / 8;
  return (scope, run) => {
    spend(run, cost);
    return evaluate(scope, run);
  };
}

function attempt<T>(produce: () => T): { ok: true; value: T } | { ok: false; reason: string } {
  try {
    return { ok: true, value: produce() };
  } catch (error) {
    return { ok: false, reason: error instanceof LogicError ? error.message : 'cannot be evaluated' };
  }
}

function prepared(logic: JsonValue): CompiledLogic {
  const ready = attempt(() => prepare(logic, 1));
  if (!ready.ok) return () => ready;
  return (data) =>
    attempt(() => {
      const run: Run = { steps: STEP_BUDGET };
      const value = ready.value(data, run);
      checkResult(value);
      return value;
    });
}

/**
 * Makes logic ready; the same object is made ready once, so it must not be changed afterwards (policies never are).
 *
 * The semantics are those of the reference JSONLogic, and strict where JavaScript is careless:
 * - a missing or null operand of `< <= > >= + - * / % min max` is an error;
 * - operands that are not needed (after `and`, `or`, `if` or `some` are decided; an unused default) are not evaluated,
 *   and their errors do not count;
 * - a `var` default also stands in for an explicit null; `var` sees own properties only;
 * - an object with no or several keys is an error, where the reference takes it for data;
 * - depth (32) and work (`STEP_BUDGET`) are bounded, whatever logic and data are.
 */
export function compileLogic(logic: JsonValue): CompiledLogic {
  if (typeof logic !== 'object' || logic === null) return prepared(logic);
  const known = compiled.get(logic);
  if (known) return known;
  const fresh = prepared(logic);
  compiled.set(logic, fresh);
  return fresh;
}

/** The value of `logic` for `data`, or why it has none. Never throws. See `compileLogic` for the semantics. */
export function evaluateLogic(logic: JsonValue, data: JsonObject): LogicResult {
  return compileLogic(logic)(data);
}

/**
 * Who an expression's result names: null, false, `""` and `[]` nobody, a string one person, a list its strings (numbers
 * become strings). Anything else is a failed resolution, a list with a gap in it too: whoever was meant must not be
 * left out in silence.
 */
export function usersFromExpression(
  value: JsonValue,
): { ok: true; users: string[] } | { ok: false; reason: string } {
  if (value === null || value === false || value === '') return { ok: true, users: [] };
  if (typeof value !== 'string' && !Array.isArray(value)) {
    return { ok: false, reason: 'the result is neither a user id nor a list of user ids' };
  }
  const entries = Array.isArray(value) ? value : [value];
  if (entries.length > MAX_USERS)
    return { ok: false, reason: `the result names ${entries.length} users; ${MAX_USERS} is the most` };
  const users = new Set<string>();
  for (const [i, entry] of entries.entries()) {
    const user = typeof entry === 'number' ? String(entry) : entry;
    const endless = typeof entry === 'number' && !Number.isFinite(entry);
    const fault = endless ? 'is not a finite number' : userIdFault(user);
    if (fault !== null)
      return { ok: false, reason: `entry ${i + 1} of the result is not a user id: it ${fault}` };
    users.add(String(user));
  }
  return { ok: true, users: [...users] };
}
