import { calculateJwkThumbprint, type JWK } from 'jose';
import { createAuditCheck, type Witness } from './audit-check.ts';
import { createCheckpointCheck } from './checkpoint-check.ts';
import { type AuditHeadLine, EXPORT_FORMAT, type ExportLine, type HeaderLine } from './export-line.ts';
import { type Fault, said } from './fault.ts';
import { createRequestsCheck } from './requests-check.ts';

export type VerifyOptions = {
  /** Checkpoints that the auditor has from before, each a JWS: nobody who changed the database could change these. */
  checkpoints?: readonly string[];
  /** The public keys to trust; without any, those in the export, which whoever changed the database could change. */
  keys?: readonly JWK[];
};

export type Verdict = {
  /** What is not as it was written; empty: nothing was found. */
  faults: Fault[];
  /** What could not be checked, or rests on the export's own word. */
  notes: string[];
  counts: { requests: number; audit_rows: number; checkpoints: number };
};

/** `lines`: those so far of the file that is being read; null: none is. */
type Reading = { header: HeaderLine | null; auditHead: AuditHeadLine | null; lines: number | null };

/**
 * Verifies an export, and after it the archives of requests that were taken out of the database: the parsed lines of the
 * files, one after the other. Needs nothing else. Holds in memory what checkpoints state of each request, and one line.
 */
export async function verifyExport(
  lines: Iterable<unknown> | AsyncIterable<unknown>,
  { checkpoints: kept = [], keys = [] }: VerifyOptions = {},
): Promise<Verdict> {
  const faults: Fault[] = [];
  const notes: string[] = [];
  const trusted = await byThumbprint(keys);
  const witnesses: Witness[] = [];
  const requests = createRequestsCheck();
  const audit = createAuditCheck(() => witnesses);
  const checkpoints = createCheckpointCheck({
    keyOf: (id) => trusted.get(id),
    onEntry: requests.state,
    onAudit: (witness) => witnesses.push(witness),
  });
  const read: Reading = { header: null, auditHead: null, lines: null };

  async function take(line: ExportLine): Promise<void> {
    switch (line.type) {
      case 'export':
        if (read.lines !== null) faults.push(CUT_SHORT);
        if (line.format !== EXPORT_FORMAT)
          throw new Error(`has the format ${line.format}, not ${EXPORT_FORMAT}`);
        read.header ??= line;
        read.lines = 0;
        return;
      case 'key':
        if (keys.length === 0) for (const [id, jwk] of await byThumbprint([line.jwk])) trusted.set(id, jwk);
        return;
      case 'checkpoint':
        return checkpoints.take(line);
      case 'checkpoint_entry':
        return checkpoints.takeEntry(line);
      case 'request':
        return requests.take(line, checkpoints.since());
      case 'archived_request':
        return requests.takeArchived(line);
      case 'audit_head':
        read.auditHead = line;
        return;
      case 'audit':
        return audit.take(line);
      case 'end':
        if (line.lines !== read.lines) faults.push(CUT_SHORT);
        read.lines = null;
        return;
      default:
        throw new Error('is of no type that this verifier knows');
    }
  }

  let number = 0;
  for await (const line of lines) {
    number += 1;
    try {
      await take(line as ExportLine);
    } catch (error) {
      faults.push({ place: `line ${number}`, message: `cannot be read: ${said(error)}` });
    }
    if (read.lines !== null) read.lines += 1;
  }
  if (read.header === null)
    faults.push({ place: 'file', message: 'is no export: it has no line of the type export' });
  if (read.lines !== null) faults.push(CUT_SHORT);
  faults.push(
    ...(await checkpoints.finish(kept)),
    ...audit.finish(read.auditHead),
    ...requests.finish(read.header),
  );
  if (read.auditHead === null) faults.push({ place: 'audit head', message: 'is not in the export' });
  notes.push(...requests.notes());
  if (checkpoints.count() === 0) notes.push('There is no checkpoint: rows that were deleted may not show.');
  else if (keys.length === 0) {
    notes.push('Signatures were checked with the keys in the export itself: give the key that you trust.');
  }
  if (kept.length === 0)
    notes.push('No checkpoint was given that was kept elsewhere: deleting the newest ones does not show.');
  const counts = {
    requests: requests.count(),
    audit_rows: audit.rows(),
    checkpoints: checkpoints.count(),
  };
  return { faults, notes, counts };
}

const CUT_SHORT: Fault = {
  place: 'file',
  message:
    'is cut short, or lines were added or removed: the line of the type end is missing or counts others',
};

async function byThumbprint(keys: readonly JWK[]): Promise<Map<string, JWK>> {
  return new Map(
    await Promise.all(
      keys.map(async (jwk): Promise<[string, JWK]> => [await calculateJwkThumbprint(jwk), jwk]),
    ),
  );
}
