import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileValues } from '../../src/http/hostile-values.ts';
import { jsonBody } from '../../src/http/json-body.ts';

function faultsOf(text: string, most = 100) {
  const body = jsonBody(Buffer.from(text));
  if (body.kind !== 'value') throw new Error(`${text} is ${body.kind}`);
  return hostileValues(body, most).map(({ loc, type }) => [type, ...loc.slice(1)]);
}

describe('an integer', () => {
  it.each([
    '9007199254740991',
    '9007199254740992',
    '-9007199254740994',
    '100000000000000000000',
    '1e20',
    '1E+30',
    '1.5e300',
    '10000000000000000000000e-2',
    '9007199254740994.000',
    '0.0000123456789012345e30',
    '123456789012345680000',
    '1.7976931348623157e308',
  ])('%s is kept as it is', (literal) => {
    expect(faultsOf(literal)).toEqual([]);
    expect(faultsOf(`{"a":[${literal},{"b":${literal}}]}`)).toEqual([]);
  });

  it.each([
    '9007199254740993',
    '-9007199254740993',
    '12345678901234567890',
    '9007199254740993e0',
    '90071992547409930e-1',
    '900719925474099.3e1',
    '9007199254740992.5',
    '123456789012345678901234567890e-5',
  ])('%s would change', (literal) => {
    expect(faultsOf(literal)).toEqual([['int_inexact']]);
    expect(faultsOf(`{"a":[1,${literal},1e20,{"b":${literal}}],"c":"${literal}"}`)).toEqual([
      ['int_inexact', 'a', 1],
      ['int_inexact', 'a', 3, 'b'],
    ]);
  });

  it('that is told twice counts as it is told last', () => {
    expect(faultsOf('{"a":9007199254740993,"a":1e20}')).toEqual([]);
    expect(faultsOf('{"a":1e20,"a":9007199254740993}')).toEqual([['int_inexact', 'a']]);
  });

  it('is found under any key', () => {
    expect(faultsOf('{"__proto__":9007199254740993,"1":1e20,"":9007199254740993}')).toEqual([
      ['forbidden_key', '__proto__'],
      ['int_inexact', '__proto__'],
      ['int_inexact', ''],
    ]);
  });

  it('beside nesting without end costs no stack', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(faultsOf(`[1e20,9007199254740993,${deep}]`)).toContainEqual(
      expect.arrayContaining(['too_deep', 2, 0]),
    );
    const many = Array.from({ length: 200 }, () => '"\\u0000"').join(',');
    expect(faultsOf(`[9007199254740993,${many},${deep}]`, 100)).toHaveLength(100);
  });

  it('of a whole body of digits costs little more than reading it', () => {
    const zeros = '0'.repeat(250_000);
    expect(faultsOf(`1${zeros}1e-249980`)).toEqual([['int_inexact']]);
    expect(faultsOf(`1${zeros}e-249980`)).toEqual([]);
  });

  it('is refused exactly when it would be written with another value', () => {
    const literal = fc
      .tuple(fc.bigInt(-(10n ** 40n), 10n ** 40n), fc.integer({ min: 0, max: 30 }))
      .map(([digits, zeros]) => `${digits || 1n}${'0'.repeat(zeros)}`);
    fc.assert(
      fc.property(literal, (text) => {
        const written = BigInt(decimalText(Number(text)));
        expect(faultsOf(text).length === 0).toBe(written === BigInt(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

/** The digits that JavaScript writes for an integer, without its exponent. */
function decimalText(number: number): string {
  const [digits = '', exponent = '0'] = String(number).split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  return whole + fraction.padEnd(Number(exponent), '0');
}
