import type { ProofOut } from '@awe/contract/integrity';
import type { Kysely } from 'kysely';
import { findCheckpoint, statementsOf } from '../ledger/checkpoints.ts';
import { readRequestLine } from '../ledger/export-requests.ts';
import type { Tables } from '../ledger/tables.ts';
import { checkRequest } from './request-check.ts';

/** Verifies one request as it is stored; null when there is none of that id. */
export async function proveRequest(db: Kysely<Tables>, id: string): Promise<ProofOut | null> {
  // First, so that whatever they state must be in what is read after them.
  const stated = await statementsOf(db, id);
  const line = await readRequestLine(db, id);
  if (line === null) return null;
  const { faults, coveredFrom } = checkRequest(line, stated);
  const newest = stated.at(-1);
  const checkpoint = newest && (await findCheckpoint(db, newest.number));
  return {
    request_id: line.request.id,
    valid: faults.length === 0,
    sequence: line.request.sequence,
    head: line.head,
    covered_from: coveredFrom,
    faults,
    checkpoint:
      newest && checkpoint
        ? { number: newest.number, sequence: newest.sequence, hash: newest.hash, jws: checkpoint.jws }
        : null,
  };
}
