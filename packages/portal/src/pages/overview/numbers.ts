import { LOCALE } from '../../strings/t.ts';

/** Where the service stops counting incidents. */
const COUNTED = 1_000;
const UNITS: [unit: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

export function inFigures(count: number): string {
  return count.toLocaleString(LOCALE);
}

/** A count that the service ends at a thousand: `1,000+`. */
export function capped(count: number): string {
  return count >= COUNTED ? `${inFigures(COUNTED)}+` : inFigures(count);
}

/** A part of a whole: `92%`. */
export function share(part: number, whole: number): string {
  return (part / whole).toLocaleString(LOCALE, { style: 'percent' });
}

/** A span in its largest unit: `1.5 hours`, `24 minutes`. */
export function span(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? (['second', 1] as const);
  const count = seconds / size;
  return count.toLocaleString(LOCALE, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: unit === 'second' || count >= 10 ? 0 : 1,
  });
}

/** A day of the wire, `2026-04-23`: `23 Apr`. Days are counted in UTC. */
export function dayInWords(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00.000Z`));
}

const DAY = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' });
