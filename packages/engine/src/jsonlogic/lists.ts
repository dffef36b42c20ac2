import type { JsonValue } from '../policy.ts';
import { type Evaluate, type Operand, type Run, spend, valueAt } from './run.ts';
import { truthy } from './value.ts';

type Body = (element: JsonValue) => JsonValue;

/**
 * An operator that runs its second operand once for each element of its first, the element being all that is in scope.
 * What is not a list (a missing variable) counts as an empty one.
 */
function overList(decide: (list: readonly JsonValue[], body: Body) => JsonValue) {
  return (operands: readonly Operand[]): Evaluate =>
    (scope, run) => {
      const list = valueAt(operands, 0, scope, run);
      return decide(Array.isArray(list) ? list : [], (element) => {
        spend(run, 1);
        return valueAt(operands, 1, element, run) ?? null;
      });
    };
}

export const map = overList((list, body) => list.map(body));
export const filter = overList((list, body) => list.filter((element) => truthy(body(element))));
export const some = overList((list, body) => list.some((element) => truthy(body(element))));
export const none = overList((list, body) => !list.some((element) => truthy(body(element))));
/** Of an empty list `all` is false, unlike in mathematics: nobody has agreed. */
export const all = overList(
  (list, body) => list.length > 0 && list.every((element) => truthy(body(element))),
);

/** `{"reduce": [list, body, initial]}`: the body sees `current` and `accumulator`. */
export function reduce(operands: readonly Operand[]): Evaluate {
  return (scope, run) => {
    const list = valueAt(operands, 0, scope, run);
    const initial = valueAt(operands, 2, scope, run) ?? null;
    if (!Array.isArray(list)) return initial;
    return list.reduce<JsonValue>((accumulator, current) => {
      spend(run, 1);
      return valueAt(operands, 1, { current, accumulator }, run) ?? null;
    }, initial);
  };
}

/** `{"merge": [a, b]}`: one flat list of all operands' elements. */
export function merge(operands: readonly Operand[]): Evaluate {
  return (scope, run: Run) => {
    const parts = operands.map((operand) => operand.evaluate(scope, run));
    spend(
      run,
      parts.reduce<number>((sum, part) => sum + (Array.isArray(part) ? part.length : 1), 0),
    );
    return parts.flat();
  };
}
