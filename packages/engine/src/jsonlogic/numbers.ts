import { quote } from '../fault.ts';
import type { JsonValue } from '../policy.ts';
import { type Evaluate, LogicError, type Operand, type Run, spendText } from './run.ts';
import { decimal } from './value.ts';

type Argument = { value: JsonValue; operand: Operand; position: number };

/** How to call an operand in an error: by its variable, else by its position and operator. Never by its value. */
function nameOf({ operand: { source }, position }: Argument): string {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return `operand ${position}`;
  const operator = Object.keys(source)[0] ?? '';
  const given = source[operator];
  const key = Array.isArray(given) ? given[0] : given;
  const named = operator === 'var' && (typeof key === 'string' || typeof key === 'number') && key !== '';
  return named ? `var ${quote(String(key))}` : `operand ${position} (${quote(operator)})`;
}

function stateOf(value: JsonValue): string {
  if (value === null) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text that is not a number';
  if (typeof value === 'number') return 'not a finite number';
  return typeof value === 'boolean' ? 'true or false' : 'an object';
}

function refuse(operator: string, need: string, argument: Argument): never {
  throw new LogicError(`'${operator}' needs ${need}, but ${nameOf(argument)} is ${stateOf(argument.value)}`);
}

function numberOf(operator: string, argument: Argument): number {
  return decimal(argument.value) ?? refuse(operator, 'a number', argument);
}

function argumentsOf(
  operator: string,
  operands: readonly Operand[],
  atLeast: number,
  scope: JsonValue,
  run: Run,
): Argument[] {
  if (operands.length < atLeast) {
    throw new LogicError(`'${operator}' needs ${atLeast} operands, but it has ${operands.length}`);
  }
  return operands.map((operand, i) => ({ value: operand.evaluate(scope, run), operand, position: i + 1 }));
}

/** Below 0, 0 or above 0 as `a` sorts before, with or after `b`: two texts as text, everything else as numbers. */
function compare(operator: string, a: Argument, b: Argument, run: Run): number {
  if (typeof a.value === 'string' && typeof b.value === 'string') {
    spendText(run, Math.min(a.value.length, b.value.length));
    return a.value < b.value ? -1 : Number(a.value > b.value);
  }
  return Math.sign(numberOf(operator, a) - numberOf(operator, b));
}

/**
 * `<`, `<=`, `>`, `>=`; the first two also between (`{"<": [1, x, 10]}`). Each operand is a number or a string: two
 * strings compare as text, a string beside a number must be a decimal number itself. Whatever JavaScript would turn
 * into NaN, and so silently into false (`"abc" < 5`, objects), or into 0 and so silently into true (null, `""`, `[]`,
 * `false`), is an error instead: the one who wrote the condition did not mean that.
 */
export function ordering(operator: string, holds: (order: number) => boolean, between: boolean) {
  return (operands: readonly Operand[]): Evaluate => {
    const used = operands.slice(0, between ? 3 : 2);
    return (scope, run) => {
      const args = argumentsOf(operator, used, 2, scope, run);
      for (const argument of args) {
        const { value } = argument;
        if (typeof value !== 'string' && decimal(value) === null)
          refuse(operator, 'a number or string', argument);
      }
      return args.slice(1).every((right, i) => holds(compare(operator, args[i]!, right, run)));
    };
  };
}

/**
 * `+ * min max` over any number of operands, `- / %` over two (`-` also one). Operands are finite numbers or decimal
 * text; a result that is no finite number (division by zero, overflow) is an error, because JSON has no such value.
 */
export function arithmetic(
  operator: string,
  [atLeast, atMost]: readonly [number, number],
  apply: (numbers: readonly number[]) => number,
) {
  return (operands: readonly Operand[]): Evaluate => {
    const used = operands.slice(0, atMost);
    return (scope, run) => {
      const args = argumentsOf(operator, used, atLeast, scope, run);
      const result = apply(args.map((argument) => numberOf(operator, argument)));
      if (Number.isFinite(result)) return result === 0 ? 0 : result;
      throw new LogicError(`'${operator}' gives no finite number: it divides by zero or grows too large`);
    };
  };
}
