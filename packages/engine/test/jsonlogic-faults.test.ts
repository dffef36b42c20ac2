import { isConstantLogic, logicFaults } from '@awe/engine/jsonlogic/faults';
import type { JsonValue } from '@awe/engine/policy';
import { describe, expect, test } from 'vitest';

describe('faults of logic', () => {
  test('good logic has none', () => {
    expect(logicFaults({ and: [{ '<': [{ var: 'a' }, 1] }, { in: ['x', ['x', 'y']] }] }, 'skip_if')).toEqual(
      [],
    );
    expect(logicFaults('u-alice', 'logic')).toEqual([]);
  });

  test('every fault is listed with its place', () => {
    const logic = {
      and: [{ '<': [{ val: 'a' }, {}] }, { '==': [1, 1], '!=': [{ nope: 1 }] }, { 'my op': 1 }],
    };
    expect(logicFaults(logic, 'skip_if')).toEqual([
      { path: 'skip_if.and[0]["<"][0].val', message: '"val" is not a JSONLogic operator' },
      { path: 'skip_if.and[0]["<"][1]', message: 'an empty object is no operation: give it one operator' },
      {
        path: 'skip_if.and[1]',
        message: 'an operation has one operator, this has 2: combine them with "and" or "or"',
      },
      { path: 'skip_if.and[1]["!="][0].nope', message: '"nope" is not a JSONLogic operator' },
      { path: 'skip_if.and[2]["my op"]', message: '"my op" is not a JSONLogic operator' },
    ]);
  });

  test('names that every object inherits are no operators', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(logicFaults(JSON.parse(`{"${name}": 1}`), 'x')).toEqual([
        { path: `x.${name}`, message: `"${name}" is not a JSONLogic operator` },
      ]);
    }
  });

  test('too deep is one fault, at the place where it gets too deep', () => {
    let deep: JsonValue = 1;
    for (let i = 0; i < 10_000; i++) deep = { '!': deep };
    const faults = logicFaults(deep, 'x');
    expect(faults).toEqual([
      { path: `x${'["!"]'.repeat(32)}`, message: 'nested more than 32 levels deep: split the condition' },
    ]);
  });

  test('a document made of mistakes does not come back many times its size', () => {
    const name = 'n'.repeat(50_000);
    const faults = logicFaults({ [name]: Array.from({ length: 5000 }, () => ({ [name]: 1 })) }, 'x');
    expect(faults).toHaveLength(100);
    expect(JSON.stringify(faults).length).toBeLessThan(50_000);
  });
});

test.each<[JsonValue, boolean]>([
  [true, true],
  [{ '==': [1, 1] }, true],
  [{ '==': [{ var: 'x' }, 1] }, false],
  [{ '!': { missing: ['x'] } }, false],
  [[{ if: [{ missing_some: [1, ['x']] }, 1] }], false],
])('isConstantLogic(%j) is %j', (logic, constant) => {
  expect(isConstantLogic(logic)).toBe(constant);
});
