import type { JsonValue } from '../policy.ts';
import { type Evaluate, type Operand, type Run, spend, spendText, valueAt } from './run.ts';
import { asText, numberOf } from './value.ts';

/**
 * The value at a dotted path, null when there is none. Only own properties are seen: `constructor` and `__proto__`
 * lead nowhere unless the data has a field of that name. `length` of a list or text is one of its own properties.
 */
function lookup(scope: JsonValue, path: readonly string[] | null, run: Run): JsonValue {
  let value = scope;
  for (const name of path ?? []) {
    spend(run, 1);
    if (value === null || !Object.hasOwn(Object(value), name)) return null;
    value = (value as { [key: string]: JsonValue })[name] ?? null;
  }
  return value;
}

/** The steps of a key; null, the whole scope, for no key, `null` and `""`. */
function pathOf(key: JsonValue | undefined, run: Run): string[] | null {
  if (key === undefined || key === null || key === '') return null;
  const text = asText(key, run);
  spendText(run, text.length);
  return text.split('.');
}

/** `{"var": key}`, `{"var": [key, default]}`: the default, for absent and for null, is evaluated only when needed. */
export function variable(operands: readonly Operand[]): Evaluate {
  const key = operands[0]?.source;
  const fixed = typeof key === 'string' && key !== '' ? key.split('.') : null;
  return (scope, run) => {
    const value = lookup(scope, fixed ?? pathOf(valueAt(operands, 0, scope, run), run), run);
    return value ?? valueAt(operands, 1, scope, run) ?? null;
  };
}

function missingOf(keys: readonly JsonValue[], scope: JsonValue, run: Run): JsonValue[] {
  return keys.filter((key) => {
    const value = lookup(scope, pathOf(key, run), run);
    return value === null || value === '';
  });
}

/** `{"missing": [keys]}`: those that are absent, null or `""`; the list may itself be computed. */
export function missing(operands: readonly Operand[]): Evaluate {
  return (scope, run) => {
    const keys = operands.map((operand) => operand.evaluate(scope, run));
    return missingOf(Array.isArray(keys[0]) ? keys[0] : keys, scope, run);
  };
}

/** The reference asks the keys for their `length`, which a text has too, and a number has not. */
function lengthOf(keys: JsonValue): number {
  return typeof keys === 'string' || Array.isArray(keys) ? keys.length : Number.NaN;
}

/** `{"missing_some": [needed, keys]}`: nothing when at least `needed` keys are there, else those that are missing. */
export function missingSome(operands: readonly Operand[]): Evaluate {
  return (scope, run) => {
    const needed = numberOf(valueAt(operands, 0, scope, run) ?? 0, run);
    const given = valueAt(operands, 1, scope, run) ?? [];
    const absent = missingOf(Array.isArray(given) ? given : [given], scope, run);
    return lengthOf(given) - absent.length >= needed ? [] : absent;
  };
}
