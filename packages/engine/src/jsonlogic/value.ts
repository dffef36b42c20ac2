import type { JsonValue } from '../policy.ts';
import { LogicError, type Run, spend, spendText } from './run.ts';

/** Nesting of lists up to which they can be turned into text, or be a result. Contexts end at 32. */
const MAX_VALUE_DEPTH = 100;

/** Values that a result may hold: more than a context of 256 KiB has, far less than what doubling lists can fake. */
const MAX_RESULT_VALUES = 200_000;

/** JSONLogic's truth: `false`, `null`, `0`, `NaN`, `""` and `[]` are false, everything else (`"0"`, `{}`) is true. */
export function truthy(value: JsonValue | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** What JavaScript compares and counts with: a list or an object is its text, everything else is itself. */
export function primitive(value: JsonValue, run: Run): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? asText(value, run) : value;
}

/** JavaScript's `Number(value)`: `""`, `[]`, `false` and null are 0, `true` is 1, text that is no number is NaN. */
export function numberOf(value: JsonValue, run: Run): number {
  const plain = primitive(value, run);
  if (typeof plain === 'string') spendText(run, plain.length);
  return Number(plain);
}

/** JavaScript's `parseFloat(value)`: the number that the value's text begins with, NaN when it begins with none. */
export function leadingNumber(value: JsonValue, run: Run): number {
  const text = asText(value, run);
  spendText(run, text.length);
  return Number.parseFloat(text);
}

/** JavaScript's `String(value)`, without calling anything that the value brought along. */
export function asText(value: JsonValue, run: Run, depth = 0): string {
  if (Array.isArray(value)) return joined(value, ',', run, depth + 1);
  return typeof value === 'object' && value !== null ? '[object Object]' : String(value);
}

/** JavaScript's `values.join(separator)`: null is empty, lists inside are joined with commas. */
export function joined(values: readonly JsonValue[], separator: string, run: Run, depth = 0): string {
  if (depth > MAX_VALUE_DEPTH) throw new LogicError('a list is nested too deep to become text');
  spend(run, values.length);
  const parts = values.map((value) => (value === null ? '' : asText(value, run, depth)));
  spendText(
    run,
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  return parts.join(separator);
}

/** JavaScript's `a === b` for JSON: lists and objects are equal only to themselves. */
export function strictlyEqual(a: JsonValue | undefined, b: JsonValue | undefined, run: Run): boolean {
  if (typeof a === 'string' && typeof b === 'string') spendText(run, Math.min(a.length, b.length));
  return a === b;
}

/** JavaScript's `a == b` for JSON, spelled out: `"1"` is 1, `""` is 0, `[1]` is 1, null is nothing but null. */
export function looselyEqual(a: JsonValue | undefined, b: JsonValue | undefined, run: Run): boolean {
  const left = a ?? null;
  const right = b ?? null;
  if (left === null || right === null) return left === right;
  if (typeof left === typeof right) return strictlyEqual(left, right, run);
  if (typeof left === 'boolean') return looselyEqual(Number(left), right, run);
  if (typeof right === 'boolean') return looselyEqual(left, Number(right), run);
  if (typeof left === 'object') return looselyEqual(asText(left, run), right, run);
  if (typeof right === 'object') return looselyEqual(left, asText(right, run), run);
  spendText(run, String(left).length + String(right).length);
  return Number(left) === Number(right);
}

/**
 * Throws `LogicError` unless `value` is JSON of a size and depth that can be passed on. Only its numbers may be what
 * JSON has not: NaN and the infinite ones, which have a truth but name nobody.
 */
export function checkResult(value: JsonValue): void {
  let values = 0;
  const check = (part: unknown, depth: number): void => {
    values += 1;
    if (values > MAX_RESULT_VALUES || depth > MAX_VALUE_DEPTH)
      throw new LogicError('the result is too large');
    if (part === null || typeof part === 'string' || typeof part === 'boolean') return;
    if (typeof part === 'number') return;
    if (typeof part !== 'object') throw new LogicError('the result is not a JSON value');
    for (const item of Object.values(part)) check(item, depth + 1);
  };
  check(value, 0);
}
