import { type Instant, secondsAfter } from '@awe/engine/instant';

export type RetrySchedule = {
  max_attempts: number;
  /** Wait after the first, second, … failed attempt; the last entry repeats; seconds. */
  backoff_seconds: readonly number[];
};

/** A receiver that asks for more than a week is asked again after a week: nobody means a century, and it would be lost. */
const LONGEST_RETRY_AFTER_SECONDS = 7 * 86_400;

/**
 * When the attempt after the failed one is due, or null when that was the last. `finished` counts the attempts so far, the
 * failed one included; `retryAfter` is what the receiver asked for, honoured when it is later than the schedule.
 */
export function nextAttemptAt(
  schedule: RetrySchedule,
  finished: number,
  now: Instant,
  retryAfter: number | null,
): Instant | null {
  if (finished >= schedule.max_attempts) return null;
  const backoff = schedule.backoff_seconds[finished - 1] ?? schedule.backoff_seconds.at(-1) ?? 0;
  return secondsAfter(now, Math.max(backoff, Math.min(retryAfter ?? 0, LONGEST_RETRY_AFTER_SECONDS)));
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Seconds that a `Retry-After` header asks for: a number, or a date in the form RFC 9110 has senders use. Null: neither. */
export function retryAfterSeconds(header: string | undefined, now: Instant): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (!HTTP_DATE.test(text)) return null;
  const ms = Date.parse(text) - Date.parse(now);
  return Number.isNaN(ms) ? null : Math.max(0, ms / 1000);
}
