import { compileLogic, evaluateLogic, truthy, usersFromExpression } from '@awe/engine/jsonlogic/compile';
import type { JsonObject, JsonValue } from '@awe/engine/policy';
import { expect, test } from 'vitest';

type Case = [logic: JsonValue, data: JsonObject, value: JsonValue];
type Refusal = [logic: JsonValue, data: JsonObject, reason: string];

const order = {
  amount: 250,
  code: 'b',
  nothing: null,
  empty: '',
  lines: [{ qty: 2 }, { qty: 3 }],
  tags: ['a', 'b'],
};

const VALUES: Record<string, Case[]> = {
  'literals evaluate to themselves, lists element by element': [
    ['u-alice', {}, 'u-alice'],
    [null, {}, null],
    [[1, { var: 'amount' }, ['x']], order, [1, 250, ['x']]],
  ],
  'var follows dotted paths through own properties': [
    [{ var: 'amount' }, order, 250],
    [{ var: ['lines.1.qty'] }, order, 3],
    [{ var: 'lines.7.qty' }, order, null],
    [{ var: 'tags.length' }, order, 2],
    [{ var: 'code.length' }, order, 1],
    [{ var: '' }, { a: 1 }, { a: 1 }],
    [{ var: [] }, { a: 1 }, { a: 1 }],
    [{ var: null }, { a: 1 }, { a: 1 }],
    [{ var: 1 }, { 1: 'one' }, 'one'],
    [{ var: { var: 'code' } }, { code: 'x', x: 9 }, 9],
    [{ var: 'amount.x' }, order, null],
  ],
  'a var default stands in for absent and for null': [
    [{ var: ['gone', 7] }, order, 7],
    [{ var: ['nothing', 7] }, order, 7],
    [{ var: ['nothing.x', 7] }, order, 7],
    [{ var: ['empty', 7] }, order, ''],
    [{ var: ['gone', { var: 'code' }] }, order, 'b'],
    [{ var: ['amount', { '/': [1, 0] }] }, order, 250],
  ],
  'inherited properties do not exist': [
    [{ var: 'constructor' }, {}, null],
    [{ var: 'constructor.name' }, {}, null],
    [{ var: '__proto__' }, {}, null],
    [{ var: 'toString.name' }, {}, null],
    [{ var: 'tags.map' }, order, null],
    [{ var: 'amount.toFixed' }, order, null],
    [{ var: '__proto__.admin' }, JSON.parse('{"__proto__": {"admin": 1}}'), 1],
    [{ missing: ['constructor'] }, {}, ['constructor']],
  ],
  'missing and missing_some name what is absent, null or empty': [
    [{ missing: ['amount', 'gone', 'nothing', 'empty'] }, order, ['gone', 'nothing', 'empty']],
    [{ missing: 'gone' }, order, ['gone']],
    [{ missing: { merge: ['gone', ['amount']] } }, order, ['gone']],
    [{ missing: [] }, order, []],
    [{ missing_some: [1, ['amount', 'gone']] }, order, []],
    [{ missing_some: [2, ['amount', 'gone']] }, order, ['gone']],
    [{ missing_some: [] }, order, []],
    [{ missing_some: ['1', ['gone']] }, order, ['gone']],
    [{ missing_some: [true, ['amount', 'gone']] }, order, []],
    [{ missing_some: [9, 'gone'] }, order, ['gone']],
  ],
  'if takes the first branch that applies': [
    [{ if: [] }, {}, null],
    [{ if: [5] }, {}, 5],
    [{ if: { var: 'code' } }, order, 'b'],
    [{ if: [true, 'a'] }, {}, 'a'],
    [{ if: [false, 'a'] }, {}, null],
    [{ '?:': [[], 'a', 'b'] }, {}, 'b'],
    [{ if: ['', 'a', '0', 'b', 'c'] }, {}, 'b'],
    [{ if: [0, 'a', false, 'b', 'c'] }, {}, 'c'],
  ],
  'and, or return values and stop early': [
    [{ and: [1, 'x', 2] }, {}, 2],
    [{ and: [1, '', 2] }, {}, ''],
    [{ and: [] }, {}, null],
    [{ or: [0, [], 'x', 2] }, {}, 'x'],
    [{ or: [0, []] }, {}, []],
    [{ and: [{ var: 'gone' }, { '<': [{ var: 'gone' }, 1] }] }, order, null],
    [{ or: [true, { '/': [1, 0] }] }, {}, true],
    [{ or: [true, { bogus: 1 }] }, {}, true],
    [{ if: [true, 'fine', { '%': [1, null] }] }, {}, 'fine'],
    [{ some: [[1, null], { '>': [{ var: '' }, 0] }] }, {}, true],
  ],
  'truth is that of JSONLogic': [
    [{ '!': [[]] }, {}, true],
    [{ '!': [[[]]] }, {}, false],
    [{ '!!': '0' }, {}, true],
    [{ '!!': [{ var: 'o' }] }, { o: {} }, true],
    [{ '!': 0 }, {}, true],
    [{ '!!': [] }, {}, false],
  ],
  'equality is that of JavaScript, missing variables included': [
    [{ '==': [{ var: 'gone' }, null] }, {}, true],
    [{ '===': [{ var: 'gone' }, null] }, {}, true],
    [{ '==': [{ var: 'gone' }, 0] }, {}, false],
    [{ '==': [{ var: 'gone' }, false] }, {}, false],
    [{ '==': [null] }, {}, true],
    [{ '===': [null] }, {}, false],
    [{ '==': ['1', 1] }, {}, true],
    [{ '==': [1, '1'] }, {}, true],
    [{ '==': ['', 0] }, {}, true],
    [{ '==': [true, '1'] }, {}, true],
    [{ '==': [1, true] }, {}, true],
    [{ '==': ['a', 1] }, {}, false],
    [{ '==': [[1], 1] }, {}, true],
    [{ '==': ['1,2', [1, 2]] }, {}, true],
    [{ '==': [[1], [1]] }, {}, false],
    [{ '==': [{ var: 'tags' }, { var: 'tags' }] }, order, true],
    [{ '==': [{ var: 'o' }, '[object Object]'] }, { o: { toString: 1, valueOf: 1 } }, true],
    [{ '!=': [1, '1'] }, {}, false],
    [{ '===': [1, '1'] }, {}, false],
    [{ '!==': [1, '1'] }, {}, true],
  ],
  'ordering is that of JavaScript: two texts as text, everything else as numbers': [
    [{ '<': [1, 2] }, {}, true],
    [{ '<': ['10', 9] }, {}, false],
    [{ '<': ['10', '9'] }, {}, true],
    [{ '<': ['2026-01-01', '2026-02-01'] }, {}, true],
    [{ '<=': [2, 2.0] }, {}, true],
    [{ '>': [3, 2] }, {}, true],
    [{ '>=': ['b', 'b'] }, {}, true],
    [{ '<': [1, 2, 3] }, {}, true],
    [{ '<': [1, 3, 3] }, {}, false],
    [{ '<=': [1, 3, 3] }, {}, true],
    [{ '>': [3, 2, 9] }, {}, true],
    [{ '<': ['abc', 5] }, {}, false],
    [{ '>=': ['abc', 5] }, {}, false],
    [{ '<': ['', 5] }, {}, true],
    [{ '<': [[], 5] }, {}, true],
    [{ '<=': [[1], ['1']] }, {}, true],
    [{ '<': [false, true] }, {}, true],
    [{ '>': [true, '0.5'] }, {}, true],
    [{ '>': ['0x10', 15] }, {}, true],
    [{ '>': [{ var: 'o' }, 5] }, { o: {} }, false],
    [{ '<': [{ var: 'o' }, 'a'] }, { o: { valueOf: 1 } }, true],
    [{ '<=': [{ '/': [1, 0] }, { '/': [1, 0] }] }, {}, true],
    [{ '<=': [{ '/': [0, 0] }, { '/': [0, 0] }] }, {}, false],
  ],
  'sums and products read the number a text begins with': [
    [{ '+': [] }, {}, 0],
    [{ '+': '3.14' }, {}, 3.14],
    [{ '+': [1, '2', -3, ' 1e2 '] }, {}, 100],
    [{ '+': ['12abc', '1,000'] }, {}, 13],
    [{ '+': [[2, 3], 1] }, {}, 3],
    [{ '+': [true, 1] }, {}, Number.NaN],
    [{ '+': ['', 1] }, {}, Number.NaN],
    [{ '*': [2, '3', 4] }, {}, 24],
    [{ '*': ['3 apples', 2] }, {}, 6],
    [{ '*': ['3'] }, {}, '3'],
    [{ '*': [1e200, 1e200] }, {}, Number.POSITIVE_INFINITY],
  ],
  'the rest of arithmetic reads operands as JavaScript does': [
    [{ '-': [5, 3] }, {}, 2],
    [{ '-': 5 }, {}, -5],
    [{ '-': 0 }, {}, -0],
    [{ '-': [true, ''] }, {}, 1],
    [{ '-': ['12abc', 1] }, {}, Number.NaN],
    [{ '/': [1, 4] }, {}, 0.25],
    [{ '/': ['1', true] }, {}, 1],
    [{ '/': [1, 0] }, {}, Number.POSITIVE_INFINITY],
    [{ '/': [0, 0] }, {}, Number.NaN],
    [{ '%': [101, 2] }, {}, 1],
    [{ '%': [[7], '4'] }, {}, 3],
    [{ '%': [1, 0] }, {}, Number.NaN],
    [{ min: [3, '1', 2] }, {}, 1],
    [{ min: [true, []] }, {}, 0],
    [{ max: [3] }, {}, 3],
    [{ max: { var: 'l' } }, { l: [1] }, 1],
    [{ max: { var: 'l' } }, { l: [1, 2] }, Number.NaN],
    [{ max: [] }, {}, Number.NEGATIVE_INFINITY],
  ],
  'what is no number is false, and what is too large is true': [
    [{ if: [{ '/': [0, 0] }, 'a', 'b'] }, {}, 'b'],
    [{ if: [{ '/': [1, 0] }, 'a', 'b'] }, {}, 'a'],
    [{ '==': [{ '/': [0, 0] }, { '/': [0, 0] }] }, {}, false],
    [{ in: [{ '/': [0, 0] }, [{ '/': [0, 0] }]] }, {}, false],
    [{ cat: [{ '/': [0, 0] }] }, {}, 'NaN'],
  ],
  text: [
    [{ cat: ['a', null, 1, true, [1, null, [2]]] }, {}, 'a1true1,,2'],
    [{ cat: { var: 'code' } }, order, 'b'],
    [{ substr: ['jsonlogic', 4] }, {}, 'logic'],
    [{ substr: ['jsonlogic', -5] }, {}, 'logic'],
    [{ substr: ['jsonlogic', 1, 3] }, {}, 'son'],
    [{ substr: ['jsonlogic', 4, -2] }, {}, 'log'],
    [{ substr: ['abc', 1, -9] }, {}, ''],
    [{ substr: [123, 1] }, {}, '23'],
    [{ substr: ['abc', true, '1'] }, {}, 'b'],
    [{ substr: ['abc', { '/': [1, 0] }] }, {}, ''],
    [{ substr: ['abc', 'x', null] }, {}, ''],
    [{ substr: ['abc', 0, '-1'] }, {}, ''],
    [{ substr: ['abc', 0, -0.5] }, {}, 'ab'],
    [{ in: ['Spring', 'Springfield'] }, {}, true],
    [{ in: [1, '123'] }, {}, true],
    [{ in: ['', 'x'] }, {}, true],
    [{ in: ['', ''] }, {}, false],
  ],
  lists: [
    [{ in: ['a', { var: 'tags' }] }, order, true],
    [{ in: [1, ['1']] }, {}, false],
    [{ in: ['a', { var: 'gone' }] }, order, false],
    [{ in: ['a', 5] }, {}, false],
    [{ merge: [[1], 2, [[3]]] }, {}, [1, 2, [3]]],
    [{ merge: [] }, {}, []],
    [{ map: [{ var: 'lines' }, { '*': [{ var: 'qty' }, 2] }] }, order, [4, 6]],
    [{ map: [{ var: 'gone' }, 1] }, order, []],
    [{ map: [[1, 2]] }, {}, [null, null]],
    [{ filter: [[1, 2, 3], { '>': [{ var: '' }, 1] }] }, {}, [2, 3]],
    [{ reduce: [{ var: 'lines' }, { '+': [{ var: 'accumulator' }, { var: 'current.qty' }] }, 0] }, order, 5],
    [{ reduce: [{ var: 'gone' }, 1, 7] }, order, 7],
    [{ reduce: [[], 1] }, {}, null],
    [{ all: [[], true] }, {}, false],
    [{ all: [[1, 2], { var: '' }] }, {}, true],
    [{ all: [[1, 0], { var: '' }] }, {}, false],
    [{ some: [{ var: 'gone' }, true] }, {}, false],
    [{ none: [{ var: 'gone' }, true] }, {}, true],
    [{ none: [[0, 1], { var: '' }] }, {}, false],
    [{ log: 'quiet' }, {}, 'quiet'],
  ],
};

for (const [story, cases] of Object.entries(VALUES)) {
  test.each(cases)(`${story}: %j`, (logic, data, value) => {
    expect(evaluateLogic(logic, data)).toEqual({ ok: true, value });
  });
}

const STRICT = ['<', '<=', '>', '>=', '+', '-', '*', '/', '%', 'min', 'max'];

test.each(STRICT)('%s refuses a missing or null operand, and names it', (operator) => {
  for (const data of [{}, { amount: null }] as JsonObject[]) {
    expect(evaluateLogic({ [operator]: [{ var: 'amount' }, 1000] }, data)).toEqual({
      ok: false,
      reason: `'${operator}' needs var "amount", which is missing`,
    });
    expect(evaluateLogic({ [operator]: [1000, { var: 'amount' }] }, data).ok).toBe(false);
  }
  expect(evaluateLogic({ [operator]: [{ var: ['amount', 5] }, 1000] }, {}).ok).toBe(true);
});

test.each<Refusal>([
  [{ '<': [1, { var: 'x' }, 5] }, {}, `'<' needs var "x", which is missing`],
  [{ '<': [5, 1, { var: 'x' }] }, {}, `'<' needs var "x", which is missing`],
  [{ '+': [1, null] }, {}, `'+' needs operand 2, which is missing`],
  [{ '<': [1] }, {}, `'<' needs at least 2 operands, but it has 1`],
  [{ '<': [{ if: [] }, 5] }, {}, `'<' needs operand 1 ("if"), which is missing`],
  [{ '-': [] }, {}, `'-' needs at least 1 operand, but it has 0`],
  [{ '*': [] }, {}, `'*' needs at least 1 operand, but it has 0`],
  [{ and: [true, { '<': [{ var: 'x' }, 1] }] }, {}, `'<' needs var "x", which is missing`],
  [{ bogus: [1] }, {}, `"bogus" is not an operator`],
  [{ constructor: ['x'] } as unknown as JsonObject, {}, `"constructor" is not an operator`],
  [JSON.parse('{"__proto__": [1]}'), {}, `"__proto__" is not an operator`],
  [{}, {}, 'an object with 0 operators is no operation'],
  [{ '==': [1, 1], var: 'x' }, {}, 'an object with 2 operators is no operation'],
  [{ var: 'n' }, { n: (() => 1) as unknown as JsonValue }, 'the result is not a JSON value'],
])('%j is an error: %j', (logic, data, reason) => {
  expect(evaluateLogic(logic, data)).toEqual({ ok: false, reason });
});

test('a reason never repeats a value from the data', () => {
  const result = evaluateLogic({ '<': [{ var: 'secret' }, 5] }, { secret: 'hunter2' });
  expect(JSON.stringify(result)).not.toContain('hunter2');
});

test('the same logic object is made ready once', () => {
  const logic = { var: 'a' };
  expect(compileLogic(logic)).toBe(compileLogic(logic));
  expect(compileLogic(logic)({ a: 1 })).toEqual({ ok: true, value: 1 });
  expect(compileLogic(logic)({ a: 2 })).toEqual({ ok: true, value: 2 });
});

test.each<[JsonValue, boolean]>([
  [[], false],
  ['', false],
  [0, false],
  [null, false],
  [false, false],
  ['0', true],
  [{}, true],
  [[0], true],
])('truthy(%j) is %j', (value, truth) => {
  expect(truthy(value)).toBe(truth);
});

test.each<[JsonValue, string[]]>([
  [null, []],
  [false, []],
  ['', []],
  [[], []],
  ['u-alice', ['u-alice']],
  [
    ['u-alice', 42, 'u-alice'],
    ['u-alice', '42'],
  ],
])('the expression result %j names %j', (value, users) => {
  expect(usersFromExpression(value)).toEqual({ ok: true, users });
});

test('an expression result names 10,000 people, and not one more', () => {
  const crowd = Array.from({ length: 10_001 }, (_, i) => `u-${i}`);
  expect(usersFromExpression(crowd)).toEqual({
    ok: false,
    reason: 'the result names 10001 users; 10000 is the most',
  });
  expect(usersFromExpression(crowd.slice(1))).toMatchObject({ ok: true });
});

const NOT_USERS = 'the result is neither a user id nor a list of user ids';

test.each<[JsonValue, string]>([
  [true, NOT_USERS],
  [0, NOT_USERS],
  [42, NOT_USERS],
  [Number.NaN, NOT_USERS],
  [Number.POSITIVE_INFINITY, NOT_USERS],
  [['u-alice', Number.NaN], 'entry 2 of the result is not a user id: it is not a finite number'],
  [[Number.NEGATIVE_INFINITY], 'entry 1 of the result is not a user id: it is not a finite number'],
  [{}, NOT_USERS],
  ['  ', 'entry 1 of the result is not a user id'],
  [['u-alice', null], 'entry 2 of the result is not a user id'],
  [['u-alice', ''], 'entry 2 of the result is not a user id'],
  [[['u-alice']], 'entry 1 of the result is not a user id'],
])('the expression result %j is a failure', (value, reason) => {
  expect(usersFromExpression(value)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
});
