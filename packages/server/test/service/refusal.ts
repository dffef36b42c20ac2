import { expect } from 'vitest';
import type { Answer } from './stand.ts';

/** An answer of any operation. */
type Any = Pick<Answer<unknown>, 'status' | 'text' | 'body'>;

/** The answer refuses with this status and code, in the envelope of the contract, and says something. */
export function expectRefusal(answer: Any, status: number, code: string, says?: RegExp): void {
  expect([answer.status, answer.text]).toEqual([status, expect.any(String)]);
  expect(answer.body).toEqual({
    id: 'openg2p.awe',
    version: '1.0',
    responsetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    response: null,
    errors: [{ errorCode: code, message: expect.stringMatching(says ?? /\w/) }],
  });
}

/** The answer is a 422 that names exactly these places, in any order. */
export function expectFaultsAt(answer: Any, places: (string | number)[][]): void {
  expect([answer.status, answer.text]).toEqual([422, expect.any(String)]);
  const { detail } = answer.body as { detail: { loc: (string | number)[]; msg: string; type: string }[] };
  const sorted = (all: (string | number)[][]) => all.map((each) => JSON.stringify(each)).sort();
  expect(sorted(detail.map((each) => each.loc))).toEqual(sorted(places));
  for (const { msg, type } of detail) expect([typeof msg, typeof type]).toEqual(['string', 'string']);
}
