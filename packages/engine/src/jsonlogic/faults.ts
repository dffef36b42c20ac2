import { type Fault, inside, quote } from '../fault.ts';
import type { JsonValue } from '../policy.ts';
import { MAX_LOGIC_DEPTH } from './compile.ts';
import { OPERATORS } from './operators.ts';

/** A real mistake shows in the first few; a document made of mistakes must not come back many times its size. */
const MAX_FAULTS = 100;

const READS_DATA: ReadonlySet<string> = new Set(['var', 'missing', 'missing_some']);

/**
 * Everything that keeps `logic` from being evaluated whatever the data: unknown operators, objects that are not one
 * operation, nesting deeper than 32 lists and objects; at most the first 100. `path` is where the logic stands in its document.
 */
export function logicFaults(logic: JsonValue, path: string): Fault[] {
  const faults: Fault[] = [];
  collect(logic, path, 1, faults);
  return faults.slice(0, MAX_FAULTS);
}

function collect(logic: JsonValue, path: string, depth: number, faults: Fault[]): void {
  if (typeof logic !== 'object' || logic === null || faults.length >= MAX_FAULTS) return;
  if (depth > MAX_LOGIC_DEPTH) {
    faults.push({ path, message: `nested more than ${MAX_LOGIC_DEPTH} levels deep: split the condition` });
    return;
  }
  if (Array.isArray(logic)) {
    for (const [i, item] of logic.entries()) collect(item, inside(path, i), depth + 1, faults);
    return;
  }
  const names = Object.keys(logic);
  if (names.length === 0) {
    faults.push({ path, message: 'an empty object is no operation: give it one operator' });
  } else if (names.length > 1) {
    faults.push({
      path,
      message: `an operation has one operator, this has ${names.length}: combine them with "and" or "or"`,
    });
  }
  for (const name of names) {
    const place = inside(path, name);
    if (!OPERATORS.has(name)) {
      faults.push({ path: place, message: `${quote(name)} is not a JSONLogic operator` });
    }
    collect(logic[name] ?? null, place, depth + 1, faults);
  }
}

/** True when `logic` looks at no data (`var`, `missing`, `missing_some`), so that every request gets the same answer. */
export function isConstantLogic(logic: JsonValue): boolean {
  const open: JsonValue[] = [logic];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (typeof part !== 'object' || part === null) continue;
    if (!Array.isArray(part) && Object.keys(part).some((name) => READS_DATA.has(name))) return false;
    for (const inner of Object.values(part)) open.push(inner);
  }
  return true;
}
