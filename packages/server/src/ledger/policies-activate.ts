import type { Instant } from '@awe/engine/instant';
import type { Kysely } from 'kysely';
import { isCount, isText } from './column-values.ts';
import { findPolicy, findPolicyVersion, type StoredPolicy } from './policies.ts';
import { lockPolicyKey } from './policies-draft.ts';
import type { Tables } from './tables.ts';

/**
 * Makes this version the active one and archives the one that was, or null when there is no such version. An active
 * version stays as it is. Activations of one key come one after the other, so that the last one wins and
 * approval_policy_one_active, which would fail the loser, never has to.
 */
export function activateVersion(
  db: Kysely<Tables>,
  key: string,
  version: number,
  now: Instant,
): Promise<StoredPolicy | null> {
  return db.transaction().execute(async (trx) => {
    if (!(await lockPolicyKey(trx, key))) return null;
    const found = await findPolicyVersion(trx, key, version);
    if (found === null || found.status === 'active') return found;
    // Two statements: the unique index is checked row by row, and one statement gives no order.
    await trx
      .updateTable('approval_policy')
      .set({ status: 'archived', updated_at: now })
      .where('policy_key', '=', key)
      .where('status', '=', 'active')
      .execute();
    await trx
      .updateTable('approval_policy')
      .set({ status: 'active', updated_at: now })
      .where('id', '=', found.id)
      .execute();
    // Read again: a replacement of the draft may have been committed while the update waited for its row.
    return findPolicy(trx, found.id);
  });
}

/** Archives the active version with nothing in its place; null when this version is not active. */
export async function deactivateVersion(
  db: Kysely<Tables>,
  key: string,
  version: number,
  now: Instant,
): Promise<StoredPolicy | null> {
  if (!isText(key) || !isCount(version)) return null;
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('approval_policy')
      .set({ status: 'archived', updated_at: now })
      .where('policy_key', '=', key)
      .where('version', '=', version)
      .where('status', '=', 'active')
      .returning('id')
      .executeTakeFirst();
    return row ? findPolicy(trx, row.id) : null;
  });
}
