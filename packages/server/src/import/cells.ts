import type { JsonObject, JsonValue } from '@awe/engine/policy';
import { hostileValues } from '../http/hostile-values.ts';
import type { SourceRow } from '../ledger/import-source.ts';
import { isUuid } from '../ledger/uuid.ts';
import { leaveOut } from './left-out.ts';

/** Reads the cells of a row of the source. What cannot be taken as it is leaves the whole thing out, naming the cell. */
export type Cells = {
  id: (column: string) => string;
  idOrNull: (column: string) => string | null;
  text: (column: string, most?: number) => string;
  textOrNull: (column: string, most?: number) => string | null;
  integer: (column: string) => number;
  integerOrNull: (column: string) => number | null;
  flag: (column: string) => boolean;
  flagOrNull: (column: string) => boolean | null;
  time: (column: string) => string;
  timeOrNull: (column: string) => string | null;
  word: <Word extends string>(column: string, words: readonly Word[]) => Word;
  json: (column: string) => JsonValue;
  object: (column: string) => JsonObject;
};

/** `place` names the row: "task 0198…". */
export function cellsOf(row: SourceRow, place: string): Cells {
  const absent = (column: string) => leaveOut(`${place} has no ${column}`);
  const odd = (column: string, what: string) =>
    leaveOut(`${place}: ${column} is ${JSON.stringify(row[column])}, ${what}`);

  const textOrNull = (column: string, most = Number.POSITIVE_INFINITY): string | null => {
    const value = row[column] ?? null;
    if (value === null) return null;
    if (typeof value !== 'string') return odd(column, 'which is no text');
    if (value.length > most) leaveOut(`${place}: ${column} has more than ${most} characters`);
    return value;
  };
  const idOrNull = (column: string): string | null => {
    const value = textOrNull(column);
    if (value !== null && !isUuid(value)) return odd(column, 'which is no UUID');
    return value?.toLowerCase() ?? null;
  };
  const integerOrNull = (column: string): number | null => {
    const value = row[column] ?? null;
    if (value !== null && (typeof value !== 'number' || Math.abs(value) > 2_147_483_647))
      return odd(column, 'which is beyond what is stored');
    return value;
  };
  const flagOrNull = (column: string): boolean | null => {
    const value = row[column] ?? null;
    return value === null || typeof value === 'boolean'
      ? value
      : odd(column, 'which is neither true nor false');
  };
  const text = (column: string, most?: number) => textOrNull(column, most) ?? absent(column);
  const json = (column: string): JsonValue => {
    const written = textOrNull(column);
    if (written === null) return null;
    const value: JsonValue = JSON.parse(written);
    // As a create would be refused: a number that JavaScript changes is another number.
    const [fault] = hostileValues({ value: { context: value }, text: `{"context":${written}}` }, 1);
    if (fault)
      leaveOut(`${place}: ${column} cannot be kept as it is: ${fault.loc.slice(2).join('.')} ${fault.msg}`);
    return value;
  };
  return {
    idOrNull,
    textOrNull,
    integerOrNull,
    flagOrNull,
    timeOrNull: textOrNull,
    text,
    time: text,
    json,
    id: (column) => idOrNull(column) ?? absent(column),
    integer: (column) => integerOrNull(column) ?? absent(column),
    flag: (column) => flagOrNull(column) ?? absent(column),
    word: (column, words) => {
      const value = text(column);
      return words.find((word) => word === value) ?? odd(column, `none of ${words.join(', ')}`);
    },
    object: (column) => {
      const value = json(column);
      if (value === null || typeof value !== 'object' || Array.isArray(value))
        return odd(column, 'which is no object');
      return value;
    },
  };
}
