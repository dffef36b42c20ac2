import { evaluateLogic, MAX_LOGIC_DEPTH, usersFromExpression } from '@awe/engine/jsonlogic/compile';
import { isConstantLogic, logicFaults } from '@awe/engine/jsonlogic/faults';
import { OPERATORS } from '@awe/engine/jsonlogic/operators';
import type { JsonObject, JsonValue } from '@awe/engine/policy';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

function nested(levels: number, wrap: (inner: JsonValue) => JsonValue): JsonValue {
  let logic: JsonValue = 1;
  for (let i = 0; i < levels; i++) logic = wrap(logic);
  return logic;
}

describe('hostile logic and data', () => {
  test('logic 10,000 levels deep is an error, not a stack overflow', () => {
    const reason = 'nested more than 32 levels deep';
    expect(
      evaluateLogic(
        nested(10_000, (inner) => ({ '!': inner })),
        {},
      ),
    ).toEqual({ ok: false, reason });
    expect(
      evaluateLogic(
        nested(10_000, (inner) => [inner]),
        {},
      ),
    ).toEqual({ ok: false, reason });
    expect(isConstantLogic(nested(10_000, (inner) => [inner]))).toBe(true);
  });

  test('validation and evaluation draw the line of depth at the same place', () => {
    for (const wrap of [(inner: JsonValue) => ({ '!': inner }), (inner: JsonValue) => ({ '!': [inner] })]) {
      for (let levels = 14; levels <= MAX_LOGIC_DEPTH + 2; levels++) {
        const logic = nested(levels, wrap);
        expect(evaluateLogic(logic, {}).ok).toBe(logicFaults(logic, 'x').length === 0);
      }
    }
  });

  test('data nested 100,000 levels deep is an error when it is looked at', () => {
    const deep = nested(100_000, (inner) => [inner]);
    expect(evaluateLogic({ cat: [{ var: 'deep' }] }, { deep })).toEqual({
      ok: false,
      reason: 'a list is nested too deep to become text',
    });
    expect(evaluateLogic({ var: 'deep' }, { deep })).toEqual({
      ok: false,
      reason: 'the result is too large',
    });
    expect(evaluateLogic({ '!!': { var: 'deep' } }, { deep })).toEqual({ ok: true, value: true });
  });

  const sixty = Array.from({ length: 60 }, (_, i) => i);
  const thousand = Array.from({ length: 1000 }, (_, i) => i);
  const both: JsonValue = [{ var: 'accumulator' }, { var: 'accumulator' }];
  const tooMuch = 'takes more than 100000 steps: make it or its data smaller';

  test.each<[string, JsonValue, string]>([
    ['loops in loops', { map: [thousand, { map: [thousand, 1] }] }, tooMuch],
    ['literals in loops', { map: [thousand, { min: thousand }] }, tooMuch],
    ['text that doubles', { reduce: [sixty, { cat: both }, 'x'] }, tooMuch],
    ['lists that double', { reduce: [sixty, { merge: both }, [1]] }, tooMuch],
    ['lists that share', { reduce: [sixty, both, 1] }, 'the result is too large'],
    ['lists that share, as text', { cat: { reduce: [sixty, both, 1] } }, tooMuch],
  ])('%s run out of steps', (_, logic, reason) => {
    expect(evaluateLogic(logic, {})).toEqual({ ok: false, reason });
  });

  test('ten thousand list elements with a real condition fit', () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => ({ amount: i, kind: 'x' }));
    const logic = { none: [{ var: 'lines' }, { and: [{ '<': [{ var: 'amount' }, 0] }, { var: 'kind' }] }] };
    expect(evaluateLogic(logic, { lines })).toEqual({ ok: true, value: true });
  });

  test('data that is no JSON at all ends as an error', () => {
    const trap = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('boom');
        },
      },
    ) as JsonObject;
    expect(evaluateLogic({ var: 'x' }, trap)).toEqual({ ok: false, reason: 'cannot be evaluated' });
  });
});

const { logic: anyLogic } = fc.letrec<{ logic: JsonValue }>((tie) => ({
  logic: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<JsonValue>(null, 0, 1, -1.5, '', '7', 'abc', true, false, []),
    fc
      .constantFrom('', 'a', 'b', 'a.b', 'b.0', 'current', 'accumulator', '__proto__.x')
      .map((key) => ({ var: key })),
    fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>,
    fc
      .tuple(fc.constantFrom(...OPERATORS.keys()), fc.array(tie('logic'), { maxLength: 4 }))
      .map(([operator, operands]) => ({ [operator]: operands })),
    fc
      .tuple(fc.constantFrom(...OPERATORS.keys()), tie('logic'))
      .map(([operator, operand]) => ({ [operator]: operand })),
  ),
}));

const anyData = fc.oneof(
  fc.record({ a: fc.jsonValue({ maxDepth: 2 }), b: fc.array(fc.jsonValue({ maxDepth: 2 })) }),
  fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
) as fc.Arbitrary<JsonObject>;

test('whatever the logic and the data: no throw, the same answer twice, and the answer is JSON', () => {
  fc.assert(
    fc.property(anyLogic, anyData, (logic, data) => {
      const before = JSON.stringify([logic, data]);
      const result = evaluateLogic(logic, data);
      expect(evaluateLogic(structuredClone(logic), data)).toEqual(result);
      expect(JSON.stringify([logic, data])).toBe(before);
      if (result.ok) {
        const text = JSON.stringify(result.value);
        expect(JSON.stringify(JSON.parse(text))).toBe(text);
      } else {
        expect(result.reason).not.toBe('cannot be evaluated');
      }
      usersFromExpression(result.ok ? result.value : null);
      isConstantLogic(logic);
    }),
    { numRuns: 2000 },
  );
});

test('logic without faults never fails for being unknown or malformed', () => {
  fc.assert(
    fc.property(anyLogic, anyData, (logic, data) => {
      fc.pre(logicFaults(logic, 'logic').length === 0);
      const result = evaluateLogic(logic, data);
      expect(result.ok ? '' : result.reason).not.toMatch(/is no operation|is not an operator|nested more/);
    }),
    { numRuns: 2000 },
  );
});
