import type { Instant } from '@awe/engine/instant';
import type { Kysely } from 'kysely';
import { listCheckpointKeys } from '../ledger/checkpoint-keys.ts';
import { readCheckpoints, readEntries } from '../ledger/checkpoints.ts';
import { readArchivedLines, readAuditHead, readAuditLines } from '../ledger/export-audit.ts';
import { readRequestLines } from '../ledger/export-requests.ts';
import type { Tables } from '../ledger/tables.ts';
import {
  type ArchivedLine,
  type Entry,
  EXPORT_FORMAT,
  type ExportLine,
  type RequestLine,
  writeLine,
} from './export-line.ts';
import { firstIdAt } from './id-time.ts';

/** By the time in the ids of requests; null lifts a bound. `until` is the first moment that is too late. */
export type ExportRange = { since: Instant | null; until: Instant | null };

/** Of the small rows, and of requests, each with all that belongs to it and up to a quarter of a megabyte of context. */
const ROWS = 1_000;
const REQUESTS = 50;

/**
 * The lines of an export as text, some at a time. Each batch is a statement of its own, so that neither a connection nor
 * a snapshot is held for as long as somebody reads. What checkpoints state is read before what they state it of, and
 * tombstones after the requests, so that what happens meanwhile is no fault.
 */
export async function* exportText(
  db: Kysely<Tables>,
  range: ExportRange,
  now: Instant,
): AsyncGenerator<string> {
  let lines = 0;
  const text = (batch: readonly ExportLine[]) => {
    lines += batch.length;
    return batch.map(writeLine).join('');
  };
  yield text([{ type: 'export', format: EXPORT_FORMAT, created_at: now, ...range }]);
  for await (const batch of content(db, range)) yield text(batch);
  yield text([{ type: 'end', lines }]);
}

async function* content(db: Kysely<Tables>, range: ExportRange): AsyncGenerator<readonly ExportLine[]> {
  yield (await listCheckpointKeys(db)).map((jwk) => ({ type: 'key', jwk }));
  yield* checkpoints(db);
  yield* pages<RequestLine, string | null>(
    REQUESTS,
    range.since && firstIdAt(range.since),
    (after, limit) => readRequestLines(db, { after, before: range.until && firstIdAt(range.until), limit }),
    ({ request }) => request.id,
  );
  yield* pages<ArchivedLine, string | null>(
    ROWS,
    null,
    (after, limit) => readArchivedLines(db, { after, limit }),
    ({ request_id }) => request_id,
  );
  const head = await readAuditHead(db);
  yield [head];
  yield* pages(
    ROWS,
    0,
    (after, limit) => readAuditLines(db, { after, upTo: head.sequence, limit }),
    ({ sequence }) => sequence,
  );
}

async function* checkpoints(db: Kysely<Tables>): AsyncGenerator<readonly ExportLine[]> {
  const all = pages(
    ROWS,
    0,
    (after, limit) => readCheckpoints(db, { after, limit }),
    ({ number }) => number,
  );
  for await (const page of all) {
    for (const { number, jws } of page) {
      yield [{ type: 'checkpoint', number, jws }];
      const entries = pages<Entry, string | null>(
        ROWS,
        null,
        (after, limit) => readEntries(db, number, { after, limit }),
        ({ request_id }) => request_id,
      );
      for await (const batch of entries) {
        yield batch.map((entry) => ({ type: 'checkpoint_entry', number, ...entry }));
      }
    }
  }
}

/** Pages of at most `limit` rows until one is not full, each after the `place` of the last row of the one before. */
async function* pages<Row, Place>(
  limit: number,
  start: Place,
  read: (after: Place, limit: number) => Promise<Row[]>,
  placeOf: (row: Row) => Place,
): AsyncGenerator<Row[]> {
  for (let after = start; ; ) {
    const rows = await read(after, limit);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    after = placeOf(last);
  }
}
