import type { ValidationError } from '@awe/contract/validation-error';
import { isBeyondExactness, markInexactIntegers } from './inexact-integers.ts';
import type { ReadJson } from './json-body.ts';

type Loc = ValidationError['loc'];
type Problem = Pick<ValidationError, 'msg' | 'type' | 'ctx'>;
type Frame = { holder: object; name: string | number; keys: string[] | null; next: number; deepest: number };

/** Containers within containers, the body itself included. */
const MAX_DEPTH = 64;
/** The same within `context`, which rules walk through; SPEC 3. */
const MAX_CONTEXT_DEPTH = 32;
const MAX_SHOWN_KEY = 200;
const TOO_DEEP = 'too_deep';

const NUL: Problem = { type: 'string_nul', msg: 'String should not contain the NUL character' };
const SURROGATE: Problem = {
  type: 'string_unicode',
  msg: 'String should be valid Unicode, without half of a surrogate pair',
};
const PROTO: Problem = { type: 'forbidden_key', msg: 'Key should not be __proto__' };
const INFINITE: Problem = { type: 'finite_number', msg: 'Input should be a finite number' };
const INEXACT: Problem = {
  type: 'int_inexact',
  msg: 'Integer cannot be kept exactly, because it has more digits than a number beyond 2^53 - 1; send it as a string',
  ctx: { le: Number.MAX_SAFE_INTEGER, ge: Number.MIN_SAFE_INTEGER },
};

/**
 * Every place in a body that the schemas cannot see and that would be changed, refused or misunderstood further on: NUL
 * and half surrogate pairs, in values and in keys; `__proto__`; numbers that JavaScript does not hold; too deep nesting.
 * At most `most` of them. Only a body with large integers is read a second time, and only when its depth allows it: of
 * one that is too deep they are not told.
 */
export function hostileValues({ value, text }: ReadJson, most: number): ValidationError[] {
  const { faults, suspicious } = walk(value, most);
  if (!suspicious || faults.length >= most || faults.some(({ type }) => type === TOO_DEEP)) return faults;
  return walk(markInexactIntegers(text), most).faults;
}

/** Walks without recursion, so that depth costs no stack. `suspicious`: there are integers that may not be exact. */
function walk(body: unknown, most: number): { faults: ValidationError[]; suspicious: boolean } {
  const faults: ValidationError[] = [];
  const frames: Frame[] = [];
  let suspicious = false;
  const report = (problem: Problem, name: string | number) =>
    faults.push({ loc: locOf(frames, name), ...problem });

  const visit = (value: unknown, name: string | number) => {
    if (typeof value === 'string') {
      const problem = textProblem(value);
      if (problem) report(problem, name);
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) report(INFINITE, name);
      suspicious ||= isBeyondExactness(value);
    } else if (typeof value === 'bigint') {
      report(INEXACT, name);
    } else if (typeof value === 'object' && value !== null) {
      const deepest = deepestFor(frames, name);
      if (frames.length >= deepest) report(tooDeep(deepest), name);
      else
        frames.push({
          holder: value,
          name,
          keys: Array.isArray(value) ? null : Object.keys(value),
          next: 0,
          deepest,
        });
    }
  };

  visit(body, 'body');
  for (let frame = frames.at(-1); frame && faults.length < most; frame = frames.at(-1)) {
    const { holder, keys, next } = frame;
    const list = keys ?? (holder as unknown[]);
    if (next >= list.length) {
      frames.pop();
      continue;
    }
    frame.next += 1;
    if (keys === null) {
      visit((holder as unknown[])[next], next);
      continue;
    }
    const key = keys[next] ?? '';
    const problem = key === '__proto__' ? PROTO : textProblem(key);
    if (problem) report(problem, key);
    visit((holder as Record<string, unknown>)[key], key);
  }
  return { faults, suspicious };
}

/** What is wrong with a text, in a body or elsewhere in a call. */
export function textProblem(text: string): Problem | null {
  if (text.includes('\0')) return NUL;
  return text.isWellFormed() ? null : SURROGATE;
}

function deepestFor(frames: Frame[], name: string | number): number {
  const parent = frames.at(-1);
  if (!parent) return MAX_DEPTH;
  return frames.length === 1 && name === 'context' ? 1 + MAX_CONTEXT_DEPTH : parent.deepest;
}

function tooDeep(deepest: number): Problem {
  const max_depth = deepest === MAX_DEPTH ? MAX_DEPTH : MAX_CONTEXT_DEPTH;
  const what = deepest === MAX_DEPTH ? 'The body' : 'context';
  return { type: TOO_DEEP, msg: `${what} should be nested at most ${max_depth} deep`, ctx: { max_depth } };
}

function locOf(frames: Frame[], name: string | number): Loc {
  return [...frames.map((frame) => frame.name), name].map((step) =>
    typeof step === 'string' && step.length > MAX_SHOWN_KEY ? `${step.slice(0, MAX_SHOWN_KEY)}…` : step,
  );
}
