import { InvalidCursor, pageOf, readCursor } from '@awe/server/ledger/cursor';
import { expect, it } from 'vitest';
import { generatedId } from './generated-rows.ts';

const rows = [3, 2, 1].map((n) => ({ id: generatedId('request', n) }));
const filters = { status: 'open', assignee: null };

it('leads from the last row of a page to the next one', () => {
  const { rows: page, next } = pageOf(rows, 2, filters);
  expect(page).toEqual(rows.slice(0, 2));
  expect(readCursor(next, filters)).toBe(rows[1]?.id);
  expect(readCursor(next, { assignee: null, status: 'open' })).toBe(rows[1]?.id);
});

it('is absent on the last page and on an empty one', () => {
  expect(pageOf(rows, 3, filters)).toEqual({ rows, next: null });
  expect(pageOf([], 3, filters)).toEqual({ rows: [], next: null });
  expect(readCursor(null, filters)).toBeNull();
});

const { next } = pageOf(rows, 2, filters);

it.each([
  ['of a search with another filter', next, { ...filters, assignee: 'u-1' }],
  ['of a search where null became a word', next, { ...filters, assignee: 'null' }],
  ['empty', '', filters],
  ['cut', next?.slice(0, -4) ?? '', filters],
  ['longer', `${next}AAAA`, filters],
  ['with something else in it', `${next?.slice(0, -1)}!`, filters],
  ['with padding', `${next}=`, filters],
  ['an id', generatedId('request', 1), filters],
  ['NUL', '\0', filters],
])('is refused when it is %s', (_, cursor, others) => {
  expect(() => readCursor(cursor, others)).toThrow(InvalidCursor);
  expect(() => readCursor(cursor, others)).toThrow(
    'is not the cursor of a page of this search: start without one, and follow the Link header',
  );
});
