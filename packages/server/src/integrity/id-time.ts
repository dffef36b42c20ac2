import type { Instant } from '@awe/engine/instant';

const DIGITS = 12;

/** The time in an id, a UUID v7; the empty text for what is no id. */
export function idTime(id: string): Instant {
  const ms = Number.parseInt(id.replaceAll('-', '').slice(0, DIGITS), 16);
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString();
}

/** Not after any id of that time or later: its version is 0, that of an id is 7. */
export function firstIdAt(time: Instant): string {
  const hex = Math.max(0, Date.parse(time)).toString(16).padStart(DIGITS, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
