import type { Policy } from '@awe/engine/policy';
import type { StageDefinition } from '@awe/engine/policy-document';
import { type Kysely, sql } from 'kysely';
import type { Clock } from '../clock.ts';
import { isText } from './column-values.ts';
import { findPolicy, type StoredPolicy } from './policies.ts';
import { insertStages } from './policies-stages.ts';
import type { Tables } from './tables.ts';

/** What the author of a version decides; it has passed validation. */
export type PolicyDraft = Omit<Policy, 'id' | 'version' | 'stages'> & {
  name: string;
  description: string | null;
  stages: StageDefinition[];
};

/**
 * Makes version 1 of a key, or null when the key exists: of two at once the unique (policy_key, version) lets one through.
 * In the caller's transaction, as all that writes policies.
 */
export async function insertFirstDraft(
  trx: Kysely<Tables>,
  draft: PolicyDraft,
  author: string | null,
  clock: Clock,
): Promise<StoredPolicy | null> {
  const row = await trx
    .insertInto('approval_policy')
    .values({ ...versionRow(draft, author, clock), version: 1 })
    .onConflict((conflict) => conflict.columns(['policy_key', 'version']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row ? finish(trx, row.id, draft, clock) : null;
}

/** Makes the version after the newest, or null when there is no such key. Writers of one key come one after the other. */
export async function insertNextDraft(
  trx: Kysely<Tables>,
  draft: PolicyDraft,
  author: string | null,
  clock: Clock,
): Promise<StoredPolicy | null> {
  if (!(await lockPolicyKey(trx, draft.policy_key))) return null;
  const { id } = await trx
    .insertInto('approval_policy')
    .values((expression) => ({
      ...versionRow(draft, author, clock),
      version: expression
        .selectFrom('approval_policy')
        .where('policy_key', '=', draft.policy_key)
        .select(sql<number>`max(version) + 1`.as('next')),
    }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return finish(trx, id, draft, clock);
}

/**
 * Holds the key until the transaction ends; false when it does not exist. The row of version 1, which is never deleted,
 * stands for the key. `no key update` because requests that pin this version take `key share` on it and need not wait.
 */
export async function lockPolicyKey(trx: Kysely<Tables>, key: string): Promise<boolean> {
  if (!isText(key)) return false;
  const row = await trx
    .selectFrom('approval_policy')
    .select('id')
    .where('policy_key', '=', key)
    .where('version', '=', 1)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

function versionRow({ stages: _, ...draft }: PolicyDraft, author: string | null, clock: Clock) {
  const now = clock.now();
  return {
    ...draft,
    id: clock.newId(),
    status: 'draft' as const,
    created_by: author,
    created_at: now,
    updated_at: now,
  };
}

async function finish(
  trx: Kysely<Tables>,
  id: string,
  draft: PolicyDraft,
  clock: Clock,
): Promise<StoredPolicy | null> {
  await insertStages(trx, id, draft.stages, clock.newId);
  return findPolicy(trx, id);
}
