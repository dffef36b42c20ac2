import type { Instant } from '@awe/engine/instant';

/** A moment as a caller may write it, with any offset, as the service writes it. */
export function instantOf(moment: string): Instant {
  return new Date(moment).toISOString();
}
