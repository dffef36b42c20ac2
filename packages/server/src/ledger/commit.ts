import type { ApprovalRequest, StageProgress } from '@awe/engine/approval';
import type { Changes } from '@awe/engine/draft';
import { isDelivered } from '@awe/engine/event';
import type { Instant } from '@awe/engine/instant';
import type { Pool } from 'pg';
import { type AuditEntry, auditDigest } from '../integrity/audit-chain.ts';
import type { Link } from '../integrity/link.ts';
import { createBatch } from './batch.ts';
import { COMMIT, COMMIT_NOWAIT, COMMIT_PARAMETERS } from './commit-statement.ts';
import { isContention, isLocked, isUnavailable } from './database-failure.ts';
import { receiverOf } from './deliveries-receiver.ts';

/** The answer of a create, kept under its caller's key so that a repetition can be answered in the same words. */
export type IdempotentAnswer = { subject: string; key: string; body_hash: string; response: string };

export type ChangeSet = {
  changes: Changes;
  /** The links of the events, in their order: see integrity/event-chain. */
  links: readonly Link[];
  /** What an admin did by it, if it is an admin's doing. */
  audit: AuditEntry | null;
  answer: IdempotentAnswer | null;
  /** By the clock of whoever commits; the request's own time may be ahead of it (`notBefore`). */
  now: Instant;
  /** The deliveries are written under the lease of whoever commits, until then; null: due at once, for whoever claims them. */
  leaseEnd: Instant | null;
};

/**
 * Writes one change set atomically. False: nothing was written, because the request has moved on since it was loaded,
 * or the idempotency key was taken first. Then load and decide again.
 */
export type CommitChanges = (changeSet: ChangeSet) => Promise<boolean>;

export type CommitOptions = {
  size: number;
  lanes: number;
  onBatch?: (size: number) => void;
};

/**
 * The only way anything about an approval is written. Change sets that arrive while a statement is in flight share the
 * next one; if a shared statement fails, its members run alone, so that one bad member cannot fail the others.
 */
export function createCommit(pool: Pool, options: CommitOptions): CommitChanges {
  const write = async (
    sets: ChangeSet[],
    statement = { name: 'commit', text: COMMIT },
  ): Promise<boolean[]> => {
    const tables = toRows(sets);
    const values = COMMIT_PARAMETERS.map((table) => JSON.stringify(tables[table]));
    const { rows } = await pool.query<{ id: string }>({ ...statement, values });
    const won = new Set(rows.map((row) => row.id));
    return sets.map((each) => won.has(each.changes.request.id));
  };
  const batched = createBatch<ChangeSet, boolean | { error: unknown }>({
    size: options.size,
    lanes: options.lanes,
    keyOf: (each) => each.changes.request.id,
    ...(options.onBatch && { onBatch: options.onBatch }),
    run: (sets) =>
      write(sets).catch((error: unknown) => {
        // The lock was waited for: by now whoever meets it is refused, and the others are written.
        if (isLocked(error) && sets.length > 1)
          return oneByOne(sets, (set) => write(set, { name: 'commit_nowait', text: COMMIT_NOWAIT }));
        // While the database is away, trying the members one by one is pointless.
        if (isUnavailable(error) || (sets.length === 1 && !isContention(error))) throw error;
        return oneByOne(sets, write);
      }),
  });
  return async (changeSet) => {
    const result = await batched(changeSet);
    if (typeof result === 'boolean') return result;
    throw result.error;
  };
}

async function oneByOne(sets: ChangeSet[], write: (sets: ChangeSet[]) => Promise<boolean[]>) {
  const results: (boolean | { error: unknown })[] = [];
  for (const each of sets) {
    results.push(
      await write([each])
        .then(([won]) => won ?? false)
        .catch((error: unknown) => ({ error })),
    );
  }
  return results;
}

/** The rows of many change sets, table by table, as the statement unpacks them. */
function toRows(sets: ChangeSet[]) {
  const all = sets.map((each) => each.changes);
  const isNew = ({ changes }: ChangeSet) => changes.before === 0;
  return {
    keys: sets.flatMap(({ answer, changes }) =>
      answer === null
        ? []
        : [{ ...answer, request_id: changes.request.id, created_at: changes.request.created_at }],
    ),
    created: sets.filter(isNew).map((each) => ({ ...toRequestRow(each), keyed: each.answer !== null })),
    changed: sets
      .filter((each) => !isNew(each))
      .map((each) => ({ ...toRequestRow(each), before: each.changes.before })),
    tasks_added: all.flatMap((each) => each.addedTasks),
    tasks_changed: all.flatMap((each) => each.changedTasks),
    decisions: all.flatMap((each) => each.decisions),
    events: sets.flatMap(({ changes, links }) =>
      changes.events.map((event, index) => ({ ...event, hash: links[index] })),
    ),
    deliveries: sets.flatMap(toDeliveryRows),
    audit: sets.flatMap(({ audit, changes }) =>
      audit === null ? [] : [{ ...audit, digest: auditDigest(audit), request_id: changes.request.id }],
    ),
  };
}

function toRequestRow({ changes: { request, stages }, links }: ChangeSet): ApprovalRequest & {
  stages: StageProgress[];
  next_attempt_at: string | null;
  head: Link | null;
} {
  const attempts = stages.flatMap((stage) => stage.next_attempt_at ?? []);
  return { ...request, stages, next_attempt_at: attempts.sort()[0] ?? null, head: links.at(-1) ?? null };
}

function toDeliveryRows({ changes: { request, events }, now, leaseEnd }: ChangeSet) {
  if (request.callback_url === null) return [];
  const receiver = receiverOf(request.callback_url);
  return events
    .filter((event) => isDelivered(event.event_type))
    .map((event) => ({
      id: event.id,
      request_id: event.request_id,
      sequence: event.sequence,
      event_type: event.event_type,
      receiver,
      next_attempt_at: leaseEnd ?? (event.created_at < now ? event.created_at : now),
      created_at: event.created_at,
    }));
}
