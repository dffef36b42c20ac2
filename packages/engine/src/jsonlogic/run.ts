import type { JsonValue } from '../policy.ts';

/**
 * Steps one evaluation may take: an operator is one, an element of a list one, 64 characters of text one. Enough for
 * ten thousand list elements with a rich condition each, and over in some milliseconds when somebody nests loops.
 */
export const STEP_BUDGET = 100_000;

const CHARACTERS_PER_STEP = 64;

/** What is left for one evaluation. */
export type Run = { steps: number };

/** A piece of logic made ready: the value it has for the data in scope. Throws `LogicError`, nothing else. */
export type Evaluate = (scope: JsonValue, run: Run) => JsonValue;

/** One operand of an operator; `source` is how it was written, so that an error can name it. */
export type Operand = { source: JsonValue; evaluate: Evaluate };

/** Why an evaluation has no value. Thrown inside the evaluator only; it leaves as `{ ok: false, reason }`. */
export class LogicError extends Error {}

/** Takes `steps` from what is left; throws `LogicError` when that is not enough. */
export function spend(run: Run, steps: number): void {
  run.steps -= steps;
  if (run.steps < 0)
    throw new LogicError(`takes more than ${STEP_BUDGET} steps: make it or its data smaller`);
}

/** Pays for building or scanning `characters` of text. Called before the text is built. */
export function spendText(run: Run, characters: number): void {
  spend(run, characters / CHARACTERS_PER_STEP);
}

/** The value of the operand at `index`; `undefined` when the author gave fewer operands. */
export function valueAt(
  operands: readonly Operand[],
  index: number,
  scope: JsonValue,
  run: Run,
): JsonValue | undefined {
  return operands[index]?.evaluate(scope, run);
}
