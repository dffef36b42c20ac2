import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import { isCount, isText } from './column-values.ts';
import { findPolicy, type StoredPolicy } from './policies.ts';
import type { PolicyDraft } from './policies-draft.ts';
import { insertStages } from './policies-stages.ts';
import type { Tables } from './tables.ts';

/**
 * Puts `draft` in the place of a stored draft, whole; null when that version is no draft (any more). The update locks the
 * row, so that an activation at the same moment comes before it, and makes it null, or after it, and finds the new stages.
 */
export async function replaceDraft(
  db: Kysely<Tables>,
  version: number,
  draft: PolicyDraft,
  clock: Clock,
): Promise<StoredPolicy | null> {
  if (!isText(draft.policy_key) || !isCount(version)) return null;
  const { stages, policy_key, ...written } = draft;
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('approval_policy')
      .set({ ...written, updated_at: clock.now() })
      .where('policy_key', '=', policy_key)
      .where('version', '=', version)
      .where('status', '=', 'draft')
      .returning('id')
      .executeTakeFirst();
    if (!row) return null;
    // Rules go with their stages.
    await trx.deleteFrom('approval_stage').where('policy_id', '=', row.id).execute();
    await insertStages(trx, row.id, stages, clock.newId);
    return findPolicy(trx, row.id);
  });
}
