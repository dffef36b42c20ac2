import { createHash } from 'node:crypto';
import { type Filters, InvalidCursor } from '../../ledger/cursor.ts';

/** Keycloak pages by position, so a cursor is a position and a check of the search it belongs to. */
export function writeOffset(first: number, filters: Filters): string {
  return Buffer.from(`${first}.${checkOf(filters)}`).toString('base64url');
}

/** Where the page starts; 0 without a cursor. Throws {@link InvalidCursor}. */
export function readOffset(cursor: string | null, filters: Filters): number {
  if (cursor === null) return 0;
  const first = Number(/^\d{1,9}(?=\.)/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[0]);
  if (writeOffset(first, filters) !== cursor) throw new InvalidCursor();
  return first;
}

function checkOf(filters: Filters): string {
  const members = Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url').slice(0, 11);
}
