const LAST_MS = 2 ** 48 - 1;

/** The least UUID v7 of a moment, in Unix milliseconds: ids of that moment or later are not below it. */
export function firstIdAt(ms: number): string {
  const time = Math.min(Math.max(Math.floor(ms), 0), LAST_MS)
    .toString(16)
    .padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** When a UUID v7 was made; Unix milliseconds. */
export function idMs(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
