/** One place at which two values differ. `path` leads there: names of members, and places in lists from 1. */
export type Change = {
  path: readonly (string | number)[];
  kind: 'added' | 'removed' | 'changed';
  before: unknown;
  after: unknown;
};

type Path = Change['path'];
type Members = Readonly<Record<string, unknown>>;

/**
 * Where `after` differs from `before`, in the order in which they are written, members first seen in `before` first. Both
 * are JSON; undefined stands for nothing at all. What is added or removed is told down to its values, so that every line
 * is one a person can read. In a list, what is the same at both ends stays out: one item put in between is one addition.
 */
export function jsonDiff(before: unknown, after: unknown): Change[] {
  return [...differences([], before, after)];
}

function* differences(path: Path, before: unknown, after: unknown): Generator<Change> {
  if (isSame(before, after)) return;
  if (isList(before) && isList(after)) yield* listDifferences(path, before, after);
  else if (areBranches(before, after)) yield* memberDifferences(path, before, after);
  else yield { path, kind: kindOf(before, after), before, after };
}

function* memberDifferences(path: Path, before: unknown, after: unknown): Generator<Change> {
  const [old, fresh] = [membersOf(before), membersOf(after)];
  const names = new Set([...Object.keys(old), ...Object.keys(fresh)]);
  // In a list that was added or removed whole, members are places.
  const step = isList(before ?? after) ? (name: string) => Number(name) + 1 : (name: string) => name;
  for (const name of names) yield* differences([...path, step(name)], old[name], fresh[name]);
}

function* listDifferences(
  path: Path,
  before: readonly unknown[],
  after: readonly unknown[],
): Generator<Change> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const [old, fresh] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  for (let index = 0; index < Math.max(old.length, fresh.length); index += 1) {
    yield* differences([...path, start + index + 1], old[index], fresh[index]);
  }
}

/** Whether there are members to tell of one by one: of both, or of the only one that there is. */
function areBranches(before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return isFilled(before ?? after);
  return isObject(before) && isObject(after) && isList(before) === isList(after);
}

function kindOf(before: unknown, after: unknown): Change['kind'] {
  return before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
}

function isSame(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  if (!isObject(before) || !isObject(after)) return false;
  if (isList(before) !== isList(after)) return false;
  const [old, fresh] = [membersOf(before), membersOf(after)];
  const names = Object.keys(old);
  return (
    names.length === Object.keys(fresh).length &&
    names.every((name) => Object.hasOwn(fresh, name) && isSame(old[name], fresh[name]))
  );
}

function membersOf(value: unknown): Members {
  return (value ?? {}) as Members;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isFilled(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}
