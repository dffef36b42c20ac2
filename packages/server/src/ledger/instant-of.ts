import type { Instant } from '@awe/engine/instant';

/** A time as PostgreSQL writes it, in JSON or in text, with any offset and any number of decimals, as an {@link Instant}. */
export function instantOf(text: string): Instant {
  return new Date(text).toISOString();
}
