import type pg from 'pg';
import { replayFaults } from './replay-faults.ts';
import { rowFaults } from './row-faults.ts';

/** Runs one statement and gives its rows. */
export type Sql = <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;

/**
 * The one place that says what must hold in the ledger, whatever happened to those who wrote it: of one request, or of
 * all. One sentence a fault, each naming its request; empty when all is well. Every statement sees one moment of the
 * database, so that it may also be asked while the service works.
 */
export async function ledgerFaults(sql: Sql, requestId?: string): Promise<string[]> {
  return [...(await rowFaults(sql, requestId ?? null)), ...(await replayFaults(sql, requestId ?? null))];
}
