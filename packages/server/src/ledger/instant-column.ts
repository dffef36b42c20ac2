import type { Instant } from '@awe/engine/instant';

const UTC_TEXT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;

/**
 * What PostgreSQL writes for a timestamptz (`2026-04-23 10:00:00.12+00`) as an {@link Instant}, cut to milliseconds.
 * Inside JSON it writes `2026-04-23T10:00:00.12+00:00`, which is read too. Sessions are in UTC; a pooler that drops our settings may leave them in another zone, which is converted here.
 */
export function readInstant(text: string): Instant {
  const parts = UTC_TEXT.exec(text);
  if (parts !== null) return `${parts[1]}T${parts[2]}.${(parts[3] ?? '').slice(0, 3).padEnd(3, '0')}Z`;
  // Date only knows offsets of hours and minutes, so `+00` becomes `+00:00`.
  const spelled = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
  return new Date(spelled).toISOString();
}
