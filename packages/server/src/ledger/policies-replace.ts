import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import { isCount, isText } from './column-values.ts';
import { findPolicy, type StoredPolicy } from './policies.ts';
import type { PolicyDraft } from './policies-draft.ts';
import { insertStages } from './policies-stages.ts';
import type { Tables } from './tables.ts';

/**
 * Puts `draft` in the place of a stored draft, whole; null when that version is no draft (any more). The row is locked
 * first, so that an activation at the same moment comes before it, and makes it null, or after it, and finds the new stages.
 */
export async function replaceDraft(
  trx: Kysely<Tables>,
  version: number,
  draft: PolicyDraft,
  clock: Clock,
): Promise<{ before: StoredPolicy; after: StoredPolicy } | null> {
  if (!isText(draft.policy_key) || !isCount(version)) return null;
  const { stages, policy_key, ...written } = draft;
  const row = await trx
    .selectFrom('approval_policy')
    .select('id')
    .where('policy_key', '=', policy_key)
    .where('version', '=', version)
    .where('status', '=', 'draft')
    .forUpdate()
    .executeTakeFirst();
  const before = row ? await findPolicy(trx, row.id) : null;
  if (before === null) return null;
  const { id } = before;
  await trx
    .updateTable('approval_policy')
    .set({ ...written, updated_at: clock.now() })
    .where('id', '=', id)
    .execute();
  // Rules go with their stages.
  await trx.deleteFrom('approval_stage').where('policy_id', '=', id).execute();
  await insertStages(trx, id, stages, clock.newId);
  const after = await findPolicy(trx, id);
  return after && { before, after };
}
