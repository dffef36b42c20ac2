/** A moment as a UTC ISO 8601 string with milliseconds and `Z`. Two of them compare as strings. */
export type Instant = string;

const MS_PER_SECOND = 1_000;
const MS_PER_HOUR = 3_600_000;

/** The moment `seconds` after `instant`. */
export function secondsAfter(instant: Instant, seconds: number): Instant {
  return new Date(Date.parse(instant) + seconds * MS_PER_SECOND).toISOString();
}

/** The moment `hours` after `instant`. */
export function hoursAfter(instant: Instant, hours: number): Instant {
  return new Date(Date.parse(instant) + hours * MS_PER_HOUR).toISOString();
}
