import { describe, expect, it } from 'vitest';
import { jsonDiff } from '../src/pages/audit/json-diff.ts';

/** A difference in a line: `changed stages.1.name: "A" → "B"`. */
const lines = (before: unknown, after: unknown) =>
  jsonDiff(before, after).map(
    (each) =>
      `${each.kind} ${each.path.join('.')}: ${JSON.stringify(each.before)} → ${JSON.stringify(each.after)}`,
  );

describe('the difference between two values', () => {
  it('is nothing where they say the same, in whatever order', () => {
    expect(lines({ a: 1, b: { c: [1, { d: null }] } }, { b: { c: [1, { d: null }] }, a: 1 })).toEqual([]);
  });

  it('names each member that was added, removed or changed', () => {
    expect(lines({ name: 'A', old: true, same: 0 }, { name: 'B', same: 0, fresh: ['x'] })).toEqual([
      'changed name: "A" → "B"',
      'removed old: true → undefined',
      'added fresh.1: undefined → "x"',
    ]);
  });

  it('leads into what is nested, and counts places from 1', () => {
    const policy = (name: string) => ({ stages: [{ name: 'First' }, { name, rules: [] }] });
    expect(lines(policy('Second'), policy('Last'))).toEqual(['changed stages.2.name: "Second" → "Last"']);
  });

  it('tells one item that was put in between as one addition', () => {
    expect(lines({ people: ['a', 'c', 'd'] }, { people: ['a', 'b', 'c', 'd'] })).toEqual([
      'added people.2: undefined → "b"',
    ]);
    expect(lines({ people: ['a', 'b', 'b'] }, { people: ['a', 'b'] })).toEqual([
      'removed people.3: "b" → undefined',
    ]);
  });

  it('tells what was made or removed whole down to its values', () => {
    expect(lines(undefined, { id: 1, rules: [{ user: 'u' }], tags: [] })).toEqual([
      'added id: undefined → 1',
      'added rules.1.user: undefined → "u"',
      'added tags: undefined → []',
    ]);
    expect(lines({ id: null }, undefined)).toEqual(['removed id: null → undefined']);
  });

  it('keeps null, nothing, lists and objects apart', () => {
    expect(lines({ a: null }, { a: { b: 1 } })).toEqual(['changed a: null → {"b":1}']);
    expect(lines({ a: null }, {})).toEqual(['removed a: null → undefined']);
    expect(lines({ a: [1] }, { a: { 0: 1 } })).toEqual(['changed a: [1] → {"0":1}']);
    expect(lines({ a: [] }, { a: {} })).toEqual(['changed a: [] → {}']);
    expect(lines({ a: 1 }, { a: '1' })).toEqual(['changed a: 1 → "1"']);
  });
});
