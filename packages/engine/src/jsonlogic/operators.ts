import type { JsonValue } from '../policy.ts';
import { missing, missingSome, variable } from './data.ts';
import { all, filter, map, merge, none, reduce, some } from './lists.ts';
import { arithmetic, counting, ordering } from './numbers.ts';
import { type Evaluate, type Operand, type Run, spend, spendText, valueAt } from './run.ts';
import { asText, joined, leadingNumber, looselyEqual, numberOf, strictlyEqual, truthy } from './value.ts';

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
  if (!truthy(within)) return false;
  if (typeof within === 'string') {
    spendText(run, within.length);
    return within.includes(asText(item ?? null, run));
  }
  if (!Array.isArray(within)) return false;
  spend(run, within.length / 16);
  if (typeof item === 'string') spendText(run, (within.length * item.length) / 16);
  return within.indexOf(item ?? null) >= 0;
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
  const rest = text.slice(numberOf(valueAt(operands, 1, scope, run) ?? 0, run));
  const length = valueAt(operands, 2, scope, run);
  if (length === undefined) return rest;
  const taken = numberOf(length, run);
  if (!(taken < 0)) return rest.slice(0, taken);
  // The reference adds a negative length to that of the text: text that is a negative number gives no sum, and no text.
  return typeof length === 'number' ? rest.slice(0, Math.max(0, rest.length + taken)) : '';
};

const sum: Operator = arithmetic('+', [0, Infinity], (values, run) =>
  values.reduce<number>((total, value) => total + leadingNumber(value, run), 0),
);

/** A single operand is its own product, whatever it is: the reference has nothing to multiply it with. */
const product: Operator = arithmetic('*', [1, Infinity], (values, run) =>
  values.reduce((total, value) => leadingNumber(total, run) * leadingNumber(value, run)),
);

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
  ['+', sum],
  ['*', product],
  ['-', counting('-', [1, 2], ([a = 0, b]) => (b === undefined ? -a : a - b))],
  ['/', counting('/', [2, 2], ([a = 0, b = 0]) => a / b)],
  ['%', counting('%', [2, 2], ([a = 0, b = 0]) => a % b)],
  ['min', counting('min', [0, Infinity], (numbers) => numbers.reduce((a, b) => Math.min(a, b), Infinity))],
  ['max', counting('max', [0, Infinity], (numbers) => numbers.reduce((a, b) => Math.max(a, b), -Infinity))],
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
