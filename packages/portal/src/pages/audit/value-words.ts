import { LOCALE, t } from '../../strings/t.ts';

const words = t.audit.changes;

/** A value for people; what has members, but none in common with its counterpart, as it travels. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return words.nothing;
  if (value === '') return words.empty;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return value.toLocaleString(LOCALE);
  if (typeof value === 'string') return value;
  return Object.keys(value).length === 0 ? words.empty : JSON.stringify(value);
}
