import { quote } from '../fault.ts';
import type { JsonValue } from '../policy.ts';
import { type Evaluate, LogicError, type Operand, type Run, spendText } from './run.ts';
import { numberOf, primitive } from './value.ts';

/** How to call an operand in an error: by its variable, else by its position and operator. Never by its value. */
function nameOf({ source }: Operand, position: number): string {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return `operand ${position}`;
  const operator = Object.keys(source)[0] ?? '';
  const given = source[operator];
  const key = Array.isArray(given) ? given[0] : given;
  const named = operator === 'var' && (typeof key === 'string' || typeof key === 'number') && key !== '';
  return named ? `var ${quote(String(key))}` : `operand ${position} (${quote(operator)})`;
}

/**
 * The operands' values, none of them null: `undefined < 1000` is false in JavaScript, but `null < 1000` is true, and
 * would decide about a request that does not have the amount at all.
 */
function presentValues(
  operator: string,
  operands: readonly Operand[],
  atLeast: number,
  scope: JsonValue,
  run: Run,
): JsonValue[] {
  if (operands.length < atLeast) {
    const needed = `at least ${atLeast} operand${atLeast === 1 ? '' : 's'}`;
    throw new LogicError(`'${operator}' needs ${needed}, but it has ${operands.length}`);
  }
  return operands.map((operand, i) => {
    const value = operand.evaluate(scope, run);
    if (value === null) {
      throw new LogicError(`'${operator}' needs ${nameOf(operand, i + 1)}, which is missing`);
    }
    return value;
  });
}

/** Below 0, 0 or above 0 as `a` sorts before, with or after `b` in JavaScript; NaN when they cannot be compared. */
function compare(a: JsonValue, b: JsonValue, run: Run): number {
  const [left, right] = [primitive(a, run), primitive(b, run)];
  if (typeof left === 'string' && typeof right === 'string') {
    spendText(run, Math.min(left.length, right.length));
    return left < right ? -1 : Number(left > right);
  }
  const [x, y] = [numberOf(left, run), numberOf(right, run)];
  if (x === y) return 0;
  return x < y ? -1 : x > y ? 1 : Number.NaN;
}

/**
 * `<`, `<=`, `>`, `>=`; the first two also between (`{"<": [1, x, 10]}`). Two texts compare as text, everything else as
 * numbers; what is no number is neither below nor above anything. A missing operand is an error.
 */
export function ordering(operator: string, holds: (order: number) => boolean, between: boolean) {
  return (operands: readonly Operand[]): Evaluate => {
    const used = operands.slice(0, between ? 3 : 2);
    return (scope, run) => {
      const values = presentValues(operator, used, 2, scope, run);
      return values.slice(1).every((right, i) => holds(compare(values[i] ?? null, right, run)));
    };
  };
}

/**
 * An operator that counts with at least `atLeast` operands and looks at no more than `atMost`. A missing operand is an
 * error; a result that is no finite number is a value like any other.
 */
export function arithmetic(
  operator: string,
  [atLeast, atMost]: readonly [number, number],
  apply: (values: readonly JsonValue[], run: Run) => JsonValue,
) {
  return (operands: readonly Operand[]): Evaluate => {
    const used = operands.slice(0, atMost);
    return (scope, run) => apply(presentValues(operator, used, atLeast, scope, run), run);
  };
}

/** The same for operators that read each operand as JavaScript's `Number` does. */
export function counting(
  operator: string,
  bounds: readonly [number, number],
  apply: (numbers: readonly number[]) => number,
) {
  return arithmetic(operator, bounds, (values, run) => apply(values.map((value) => numberOf(value, run))));
}
