import type { JsonObject } from '@awe/engine/policy';
import type { Kysely } from 'kysely';
import type { Entry } from '../integrity/export-line.ts';
import { type Page, pageOf, readCursor } from './cursor.ts';
import type { Tables } from './tables.ts';
import { isUuid } from './uuid.ts';

/** A checkpoint as it is stored, with the public key that it was signed with. */
export type StoredCheckpoint = { id: string; number: number; jws: string; key: JsonObject };

export type CheckpointSearch = { limit: number; cursor: string | null };

/** A page of checkpoints, newest first, by the primary key. Throws `InvalidCursor`. */
export async function listCheckpoints(
  db: Kysely<Tables>,
  { limit, cursor }: CheckpointSearch,
): Promise<Page<StoredCheckpoint>> {
  const after = readCursor(cursor, {});
  let query = select(db);
  if (after !== null) {
    // Ids are those of the replicas' clocks; the number is the order.
    query = query.where('c.number', '<', ({ selectFrom }) =>
      selectFrom('checkpoint').select('number').where('id', '=', after),
    );
  }
  const rows = await query
    .orderBy('c.number', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, {});
}

/** The checkpoint of this number, or null. Primary key. */
export async function findCheckpoint(db: Kysely<Tables>, number: number): Promise<StoredCheckpoint | null> {
  const row = await select(db).where('c.number', '=', number).executeTakeFirst();
  return row ?? null;
}

/** The newest checkpoint; null: there is none. Primary key, read backwards. */
export async function newestCheckpoint(db: Kysely<Tables>): Promise<StoredCheckpoint | null> {
  const row = await select(db).orderBy('c.number', 'desc').limit(1).executeTakeFirst();
  return row ?? null;
}

/** What checkpoints state of a request, oldest first. Primary key. */
export async function statementsOf(
  db: Kysely<Tables>,
  requestId: string,
): Promise<(Entry & { number: number })[]> {
  if (!isUuid(requestId)) return [];
  const rows = await db
    .selectFrom('checkpoint_entry')
    .select(['request_id', 'sequence', 'hash', 'number'])
    .where('request_id', '=', requestId)
    .orderBy('sequence')
    .execute();
  return rows.map((row) => ({ ...row, hash: row.hash.toString('hex') }));
}

/** The next checkpoints, oldest first. Primary key. */
export function readCheckpoints(
  db: Kysely<Tables>,
  { after, limit }: { after: number; limit: number },
): Promise<{ number: number; jws: string }[]> {
  return db
    .selectFrom('checkpoint')
    .select(['number', 'jws'])
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute();
}

/** The next entries of a checkpoint, by the ids of their requests; null: from the first. checkpoint_entry_number. */
export async function readEntries(
  db: Kysely<Tables>,
  number: number,
  { after, limit }: { after: string | null; limit: number },
): Promise<Entry[]> {
  let query = db
    .selectFrom('checkpoint_entry')
    .select(['request_id', 'sequence', 'hash'])
    .where('number', '=', number);
  if (after !== null) query = query.where('request_id', '>', after);
  const rows = await query.orderBy('request_id').limit(limit).execute();
  return rows.map((row) => ({ ...row, hash: row.hash.toString('hex') }));
}

function select(db: Kysely<Tables>) {
  return db
    .selectFrom('checkpoint as c')
    .innerJoin('checkpoint_key as k', 'k.id', 'c.key_id')
    .select(['c.id', 'c.number', 'c.jws', 'k.public_jwk as key']);
}
