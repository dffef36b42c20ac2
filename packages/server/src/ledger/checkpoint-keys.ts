import type { Instant } from '@awe/engine/instant';
import type { JsonObject } from '@awe/engine/policy';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** A key pair of checkpoints; `sealed` is the private key. */
export type CheckpointKey = { id: string; public_jwk: JsonObject; sealed: string };

/** The key that signs; null before the first start. checkpoint_key_one_in_use. */
export async function findCheckpointKey(db: Kysely<Tables>): Promise<CheckpointKey | null> {
  const row = await db
    .selectFrom('checkpoint_key')
    .select(['id', 'public_jwk', 'sealed'])
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** Adds a key unless one is in use. Of two replicas that do this at once the second waits for the first, and adds nothing. */
export async function addCheckpointKey(db: Kysely<Tables>, key: CheckpointKey, now: Instant): Promise<void> {
  await db
    .insertInto('checkpoint_key')
    .values({ ...key, public_jwk: JSON.stringify(key.public_jwk), created_at: now, retired_at: null })
    .onConflict((conflict) => conflict.expression(sql`(true)`).where('retired_at', 'is', null).doNothing())
    .execute();
}

/** The public keys of all checkpoints there may be, oldest first. */
export async function listCheckpointKeys(db: Kysely<Tables>): Promise<JsonObject[]> {
  const rows = await db
    .selectFrom('checkpoint_key')
    .select('public_jwk')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.public_jwk);
}
