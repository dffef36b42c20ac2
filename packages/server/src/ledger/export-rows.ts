import { readInstant } from './instant-column.ts';

const BEYOND_MS = /\.\d{3}(\d{1,3})/;

/**
 * A row as `to_json` writes it, with its times as instants and its hashes in hex. A time that is finer than a
 * millisecond, which nothing of ours writes, stays as fine as it is: it must not pass for what was written.
 */
export function readRow<Row>(
  row: Record<string, unknown>,
  { times, hashes = [] }: { times: readonly string[]; hashes?: readonly string[] },
): Row {
  const read: Record<string, unknown> = { ...row };
  for (const name of times) read[name] = exactInstant(row[name] as string | null);
  for (const name of hashes) read[name] = (row[name] as string | null)?.replace(/^\\x/, '') ?? null;
  return read as Row;
}

export function exactInstant(text: string | null): string | null {
  if (text === null) return null;
  const [, finer] = BEYOND_MS.exec(text) ?? [];
  return readInstant(text).replace('Z', `${finer ?? ''}Z`);
}
