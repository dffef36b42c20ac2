import type { AweError } from './awe-error.ts';

export type RetryOptions = {
  /** How often a call is tried at most, the first time included. 1 or more; 4 unless given. */
  attempts?: number | undefined;
  /** The longest pause after the first attempt, in milliseconds; it doubles with every other. 200 unless given. */
  firstPauseMs?: number | undefined;
  /** No pause is longer, unless the service asks for it; milliseconds. 5,000 unless given. */
  longestPauseMs?: number | undefined;
  /** From the first attempt to the end of the last one, pauses included; milliseconds. 60,000 unless given. */
  totalMs?: number | undefined;
};

export type Retries = { [Key in keyof RetryOptions]-?: number };

/** @throws RangeError when a number makes no sense. */
export function retriesOf(options: RetryOptions | false | undefined): Retries {
  const given = options === false ? { attempts: 1 } : (options ?? {});
  const retries = {
    attempts: given.attempts ?? 4,
    firstPauseMs: given.firstPauseMs ?? 200,
    longestPauseMs: given.longestPauseMs ?? 5_000,
    totalMs: given.totalMs ?? 60_000,
  };
  if (!Number.isInteger(retries.attempts) || retries.attempts < 1) {
    throw new RangeError('retries.attempts must be a whole number from 1');
  }
  for (const [name, value] of Object.entries(retries)) {
    if (!(value >= 0)) throw new RangeError(`retries.${name} must not be negative`);
  }
  return retries;
}

/**
 * Whether the same call may be sent once more. What may pass is a busy service or network. After it a call that can be
 * repeated is; any other only when it is certain that nothing was carried out, for a second decision is not the first.
 */
export function mayRepeat(error: AweError, repeatable: boolean): boolean {
  const passing =
    error.code === 'NETWORK' ||
    error.code === 'TIMEOUT' ||
    error.status === 429 ||
    error.status === 503 ||
    (error.code === 'UNEXPECTED_ANSWER' && (error.status === 502 || error.status === 504));
  return passing && (repeatable || error.outcome === 'refused');
}

/**
 * How long to wait after attempt number `attempt` (from 1), in milliseconds: anything up to a bound that doubles, so that
 * many callers do not come back at one moment; and never sooner than the service asked for.
 */
export function pauseAfter(
  attempt: number,
  error: AweError,
  { firstPauseMs, longestPauseMs }: Retries,
  random: () => number,
): number {
  const bound = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
  return (error.retryAfterSeconds ?? 0) * 1000 + random() * bound;
}
