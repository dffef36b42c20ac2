import { hash } from 'node:crypto';
import type { SourceRequest, SourceRow } from '../ledger/import-source.ts';

/**
 * SHA-256 of all rows of a request as they were read, in hex: whether they changed since an earlier import. Cells without a
 * value are left out, so that a column that is taken in addition changes nothing where it is empty.
 */
export function fingerprintOf({ request, tasks, decisions, events }: SourceRequest): string {
  const rows = [request, ...tasks, ...decisions, ...events];
  return hash('sha256', JSON.stringify(rows.map(cellsInOrder)), 'hex');
}

function cellsInOrder(row: SourceRow) {
  return Object.entries(row)
    .filter(([, value]) => value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
