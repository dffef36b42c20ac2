import { createHash } from 'node:crypto';
import { isUuid } from './uuid.ts';

/** The cursor was made up, cut, or belongs to a search with other filters. The caller is to start from the first page. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';

  constructor() {
    super('is not the cursor of a page of this search: start without one, and follow the Link header');
  }
}

/** A page of rows, newest first; `next` is the cursor of the page after it, null on the last page. */
export type Page<Row> = { rows: Row[]; next: string | null };

/** What a search looks for; the same members in any order are the same search. */
export type Filters = Readonly<Record<string, string | readonly string[] | null>>;

const ID_BYTES = 16;
const CHECK_BYTES = 8;

/** Where the page after `id` starts. Opaque to callers: the id, and a check of the filters it belongs to. */
export function writeCursor(id: string, filters: Filters): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes, checkOf(filters)]).toString('base64url');
}

/** The id that the page starts after; null without a cursor. Throws {@link InvalidCursor}. */
export function readCursor(cursor: string | null, filters: Filters): string | null {
  if (cursor === null) return null;
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length !== ID_BYTES + CHECK_BYTES || bytes.toString('base64url') !== cursor) {
    throw new InvalidCursor();
  }
  if (!bytes.subarray(ID_BYTES).equals(checkOf(filters))) throw new InvalidCursor();
  const id = bytes
    .toString('hex', 0, ID_BYTES)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!isUuid(id)) throw new InvalidCursor();
  return id;
}

/** Makes a page of `limit` rows out of `limit + 1`: the one too many tells that there is a next page. */
export function pageOf<Row extends { id: string }>(rows: Row[], limit: number, filters: Filters): Page<Row> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? writeCursor(last.id, filters) : null };
}

function checkOf(filters: Filters): Buffer {
  const members = Object.keys(filters)
    .sort()
    .map((name) => [name, filters[name] ?? null]);
  return createHash('sha256').update(JSON.stringify(members)).digest().subarray(0, CHECK_BYTES);
}
