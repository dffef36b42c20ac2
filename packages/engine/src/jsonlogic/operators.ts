import type { JsonValue } from '../policy.ts';
import { missing, missingSome, variable } from './data.ts';
import { all, filter, map, merge, none, reduce, some } from './lists.ts';
import { arithmetic, ordering } from './numbers.ts';
import { type Evaluate, type Operand, type Run, spend, spendText, valueAt } from './run.ts';
import { asText, decimal, joined, looselyEqual, strictlyEqual, truthy } from './value.ts';

/** Makes an operator's evaluation from its operands; every operator evaluates those it needs, when it needs them. */
export type Operator = (operands: readonly Operand[]) => Evaluate;

function test(decide: (a: JsonValue | undefined, b: JsonValue | undefined, run: Run) => boolean): Operator {
  return (operands) => (scope, run) =>
    decide(valueAt(operands, 0, scope, run), valueAt(operands, 1, scope, run), run);
}

/** Condition, value, condition, value, …, and a last value without a condition: the first that applies, else null. */
const choose: Operator = (operands) => (scope, run) => {
  for (let i = 0; i + 1 < operands.length; i += 2) {
    if (truthy(valueAt(operands, i, scope, run))) return valueAt(operands, i + 1, scope, run) ?? null;
  }
  return operands.length % 2 === 1 ? (operands.at(-1)?.evaluate(scope, run) ?? null) : null;
};

/** The first operand whose truth is `stop`, else the last: `or` stops at true, `and` at false. */
function until(stop: boolean): Operator {
  return (operands) => (scope, run) => {
    let value: JsonValue = null;
    for (const operand of operands) {
      value = operand.evaluate(scope, run);
      if (truthy(value) === stop) return value;
    }
    return value;
  };
}

function contains(item: JsonValue | undefined, within: JsonValue | undefined, run: Run): boolean {
  if (typeof within === 'string') {
    spendText(run, within.length);
    return within.includes(asText(item ?? null, run));
  }
  if (!Array.isArray(within)) return false;
  spend(run, within.length / 16);
  if (typeof item === 'string') spendText(run, (within.length * item.length) / 16);
  return within.includes(item ?? null);
}

const concatenate: Operator = (operands) => (scope, run) =>
  joined(
    operands.map((operand) => operand.evaluate(scope, run)),
    '',
    run,
  );

/** `{"substr": [text, start, length]}`: a negative start counts from the end, a negative length leaves off the end. */
const substring: Operator = (operands) => (scope, run) => {
  const text = asText(valueAt(operands, 0, scope, run) ?? null, run);
  spendText(run, text.length);
  const rest = text.slice(Math.trunc(decimal(valueAt(operands, 1, scope, run) ?? 0) ?? 0));
  const length = valueAt(operands, 2, scope, run);
  return length === undefined ? rest : rest.slice(0, Math.trunc(decimal(length) ?? 0));
};

const first: Operator = (operands) => (scope, run) => valueAt(operands, 0, scope, run) ?? null;

/** Every operator there is. A map, so that no name can reach what objects inherit. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['var', variable],
  ['missing', missing],
  ['missing_some', missingSome],
  ['if', choose],
  ['?:', choose],
  ['and', until(false)],
  ['or', until(true)],
  ['!', test((a) => !truthy(a))],
  ['!!', test((a) => truthy(a))],
  ['==', test(looselyEqual)],
  ['!=', test((a, b, run) => !looselyEqual(a, b, run))],
  ['===', test(strictlyEqual)],
  ['!==', test((a, b, run) => !strictlyEqual(a, b, run))],
  ['<', ordering('<', (order) => order < 0, true)],
  ['<=', ordering('<=', (order) => order <= 0, true)],
  ['>', ordering('>', (order) => order > 0, false)],
  ['>=', ordering('>=', (order) => order >= 0, false)],
  ['+', arithmetic('+', [0, Infinity], (numbers) => numbers.reduce((sum, n) => sum + n, 0))],
  ['*', arithmetic('*', [1, Infinity], (numbers) => numbers.reduce((product, n) => product * n, 1))],
  ['-', arithmetic('-', [1, 2], ([a = 0, b]) => (b === undefined ? -a : a - b))],
  ['/', arithmetic('/', [2, 2], ([a = 0, b = 0]) => a / b)],
  ['%', arithmetic('%', [2, 2], ([a = 0, b = 0]) => a % b)],
  ['min', arithmetic('min', [1, Infinity], (numbers) => numbers.reduce((least, n) => Math.min(least, n)))],
  ['max', arithmetic('max', [1, Infinity], (numbers) => numbers.reduce((most, n) => Math.max(most, n)))],
  ['in', test(contains)],
  ['cat', concatenate],
  ['substr', substring],
  ['merge', merge],
  ['map', map],
  ['filter', filter],
  ['reduce', reduce],
  ['all', all],
  ['some', some],
  ['none', none],
  ['log', first],
]);
