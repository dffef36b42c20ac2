import type { RequestStatus } from '@awe/engine/approval';
import { hoursAfter, type Instant } from '@awe/engine/instant';
import { type Kysely, sql } from 'kysely';
import type { RequestLine } from '../integrity/export-line.ts';
import { firstIdAt } from '../integrity/id-time.ts';
import { readRequestLine } from './export-requests.ts';
import type { Tables } from './tables.ts';

/** Requests of one status that ended before `before` and have a greater id than `after`; null: from the first on. */
export type EndedRequests = {
  status: Extract<RequestStatus, 'approved' | 'rejected' | 'cancelled'>;
  before: Instant;
  after: string | null;
  limit: number;
};

export type Archiving = {
  now: Instant;
  /** Resolves only when all lines are safely kept somewhere else: their requests are removed then. */
  keep: (lines: AsyncIterable<RequestLine>) => Promise<void>;
};

/** `after`: the last one that was looked at, for the next batch; null: there is none left. */
export type ArchivedBatch = { archived: number; after: string | null };

const LEAST_ID = '00000000-0000-0000-0000-000000000000';

/** No clock is wrong by as much. */
const YEAR_HOURS = 365 * 24;

/** A disk that hangs must not hold the transaction, and keep vacuum from cleaning up, for ever. */
const LONGEST_PAUSE_MS = 30_000;

/**
 * Removes a batch of ended requests once `keep` has them, and leaves a row in archived_request for each.
 *
 * One transaction, so that whatever fails in between leaves the requests where they are; they are then given to `keep`
 * again. Nothing here waits for a lock, and nobody has work with these rows but another replica that archives, or
 * somebody who sends a delivery once more: what they hold is passed over, and what is held here they pass over or find gone.
 */
export async function archiveEnded(
  db: Kysely<Tables>,
  ended: EndedRequests,
  { now, keep }: Archiving,
): Promise<ArchivedBatch> {
  return db.transaction().execute(async (trx) => {
    await sql`set local idle_in_transaction_session_timeout = ${sql.lit(LONGEST_PAUSE_MS)}`.execute(trx);
    const taken = await take(trx, ended, now);
    const unsettled = await withUnsettledDeliveries(trx, taken);
    const ids = taken.filter((id) => !unsettled.has(id));
    if (ids.length > 0) {
      await keep(linesOf(trx, ids));
      await remove(trx, ids, now);
    }
    return { archived: ids.length, after: taken.length < ended.limit ? null : (taken.at(-1) ?? null) };
  });
}

/**
 * By approval_request_status, or the primary key where nearly all have that status. An id is made before its request ends,
 * so that the first walk stops at the ids of `before`: what it passes in vain began before and ended after. Imported
 * requests may have ids that tell no time; the second walk is for those, which begin where no request can have been made
 * yet. Those between (one in some 100,000 of theirs) stay.
 */
async function take(
  trx: Kysely<Tables>,
  { status, before, after, limit }: EndedRequests,
  now: Instant,
): Promise<string[]> {
  const ended = sql`status = ${status} and id > ${after ?? LEAST_ID} and completed_at < ${before}`;
  const { rows } = await sql<{ id: string }>`
    with timed as materialized (
      select id
      from approval_request
      where ${ended} and id < ${firstIdAt(before)}
      order by id
      limit ${limit}
      for update skip locked
    ),
    timeless as materialized (
      select id
      from approval_request
      where ${ended} and id >= ${firstIdAt(hoursAfter(now, YEAR_HOURS))}
      order by id
      limit ${limit} - (select count(*) from timed)
      for update skip locked
    )
    select id from timed union all select id from timeless order by id`.execute(trx);
  return rows.map(({ id }) => id);
}

/**
 * Which of them have a delivery that is pending, or in somebody's hands; the others' are held from here on, so that none
 * becomes pending behind our back. webhook_delivery_request, then the primary key; `status` only filters there, else the
 * planner might read the whole backlog of what is pending.
 */
async function withUnsettledDeliveries(
  trx: Kysely<Tables>,
  requests: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ request_id: string }>`
    with delivery as materialized (
      select id, request_id from webhook_delivery where request_id = any(${requests}::uuid[])
    ),
    held as materialized (
      select d.id
      from webhook_delivery d
      where d.id = any(array(select id from delivery)) and d.status <> 'pending'
      order by d.id
      for update skip locked
    )
    select distinct request_id from delivery where id not in (select id from held)`.execute(trx);
  return new Set(rows.map((row) => row.request_id));
}

/** One after the other: contexts and timelines can be large, and a batch of them need not be in memory at once. */
async function* linesOf(trx: Kysely<Tables>, ids: readonly string[]): AsyncGenerator<RequestLine> {
  for (const id of ids) {
    const line = await readRequestLine(trx, id);
    if (line === null) throw new Error(`request ${id} is gone, though it is locked here`);
    yield line;
  }
}

/** Tasks, decisions, events and deliveries go with their request, each by an index that begins with it. */
async function remove(trx: Kysely<Tables>, ids: readonly string[], now: Instant): Promise<void> {
  await sql`
    with gone as (
      delete from approval_request where id = any(${ids}::uuid[]) returning id, sequence, head_hash
    )
    insert into archived_request (request_id, sequence, head_hash, archived_at)
    select id, sequence, head_hash, ${now} from gone`.execute(trx);
}
