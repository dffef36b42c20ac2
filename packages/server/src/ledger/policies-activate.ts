import type { Instant } from '@awe/engine/instant';
import type { Kysely } from 'kysely';
import { isCount, isText } from './column-values.ts';
import { findPolicy, findPolicyVersion, type StoredPolicy } from './policies.ts';
import { lockPolicyKey } from './policies-draft.ts';
import type { Tables } from './tables.ts';

/** `archived`: the number of the version that was active; `before` is `after` when this one was. */
export type Activation = { before: StoredPolicy; after: StoredPolicy; archived: number | null };

/**
 * Makes this version the active one and archives the one that was, or null when there is no such version. An active
 * version stays as it is. Activations of one key come one after the other, so that the last one wins and
 * approval_policy_one_active, which would fail the loser, never has to. In the caller's transaction.
 */
export async function activateVersion(
  trx: Kysely<Tables>,
  key: string,
  version: number,
  now: Instant,
): Promise<Activation | null> {
  if (!(await lockPolicyKey(trx, key))) return null;
  const found = await findPolicyVersion(trx, key, version);
  if (found === null) return null;
  if (found.status === 'active') return { before: found, after: found, archived: null };
  // Two statements: the unique index is checked row by row, and one statement gives no order.
  const archived = await trx
    .updateTable('approval_policy')
    .set({ status: 'archived', updated_at: now })
    .where('policy_key', '=', key)
    .where('status', '=', 'active')
    .returning('version')
    .executeTakeFirst();
  await trx
    .updateTable('approval_policy')
    .set({ status: 'active', updated_at: now })
    .where('id', '=', found.id)
    .execute();
  // Read again: a replacement of the draft may have been committed while the update waited for its row.
  const after = await findPolicy(trx, found.id);
  if (after === null) return null;
  const before = { ...after, status: found.status, updated_at: found.updated_at };
  return { before, after, archived: archived?.version ?? null };
}

/** Archives the active version with nothing in its place; null when this version is not active. */
export async function deactivateVersion(
  trx: Kysely<Tables>,
  key: string,
  version: number,
  now: Instant,
): Promise<StoredPolicy | null> {
  if (!isText(key) || !isCount(version)) return null;
  const row = await trx
    .updateTable('approval_policy')
    .set({ status: 'archived', updated_at: now })
    .where('policy_key', '=', key)
    .where('version', '=', version)
    .where('status', '=', 'active')
    .returning('id')
    .executeTakeFirst();
  return row ? findPolicy(trx, row.id) : null;
}
