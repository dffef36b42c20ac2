import type { Picking } from '../directory/keycloak/pickers.ts';
import type { Page } from '../ledger/cursor.ts';
import type { Success } from './handler.ts';

/** The part of a query that all pickers share. */
export function pickingOf(query: { search?: string; limit: number; cursor?: string }): Picking {
  return { search: query.search || null, limit: query.limit, cursor: query.cursor ?? null };
}

export function picked<Row>({ rows, next }: Page<Row>): Success<Row[]> {
  return { body: rows, next };
}
