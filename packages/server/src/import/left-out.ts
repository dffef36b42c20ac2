/** Why something of the source is not taken over: thrown where it is found, told in the report. */
export class LeftOut extends Error {
  override readonly name = 'LeftOut';
}

/** Ends the rebuilding of what is being read; `reason` is a sentence's end: "the stage …". */
export function leaveOut(reason: string): never {
  throw new LeftOut(reason);
}

/** What `work` gives, or why it is left out. Any other error goes on: it is ours. */
export function orLeftOut<Result>(
  work: () => Result,
): { ok: true; value: Result } | { ok: false; reason: string } {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof LeftOut) return { ok: false, reason: error.message };
    throw error;
  }
}
