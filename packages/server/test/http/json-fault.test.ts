import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from '../../src/http/json-fault.ts';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('the place where a text stops being JSON', () => {
  it.each([
    ['', 0, 'Expecting value'],
    ['{"a": 1,}', 8, 'Expecting property name enclosed in double quotes'],
    ['{"a" 1}', 5, "Expecting ':' delimiter"],
    ['[1 2]', 3, "Expecting ',' delimiter"],
    ['[1,]', 3, 'Expecting value'],
    ['{} x', 3, 'Extra data'],
    ['"abc', 0, 'Unterminated string starting here'],
    ['["a\\x"]', 3, 'Invalid \\escape'],
    ['["a\nb"]', 3, 'Invalid control character'],
    ['[NaN]', 1, 'Expecting value'],
    ['[01]', 2, "Expecting ',' delimiter"],
    ["{'a': 1}", 1, 'Expecting property name enclosed in double quotes'],
  ])('in %j is %d', (text, position, reason) => {
    expect(jsonFault(text)).toEqual({ position, reason });
  });

  it('is found exactly where JSON.parse finds fault', () => {
    const damaged = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', ':', '\\', '\u0001', '\u0085', '-', 'e', ' '),
      )
      .map(([text, at, bit]) => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + bit + text.slice(cut + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.json(), fc.string()), (text) => {
        expect(jsonFault(text) === null).toBe(isJson(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
