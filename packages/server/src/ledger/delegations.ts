import type { Kysely } from 'kysely';
import { isText } from './column-values.ts';
import type { Tables, UserDelegationTable } from './tables.ts';
import { isUuid } from './uuid.ts';

/** A window in which `delegate_to` stands in for `user_id`, from `starts_at` until just before `ends_at`. */
export type Delegation = UserDelegationTable;

/** Windows past, present and to come, newest first; of one person, or all with null. */
export async function listDelegations(db: Kysely<Tables>, userId: string | null): Promise<Delegation[]> {
  if (userId !== null && !isText(userId)) return [];
  let query = db.selectFrom('user_delegation').selectAll();
  if (userId !== null) query = query.where('user_id', '=', userId);
  return query.orderBy('id', 'desc').execute();
}

/** Whether it is sensible (not to oneself, an end after the start) is the caller's to check before. */
export async function insertDelegation(db: Kysely<Tables>, delegation: Delegation): Promise<void> {
  await db.insertInto('user_delegation').values(delegation).execute();
}

/** The window that was removed, or null when there was none. */
export async function deleteDelegation(db: Kysely<Tables>, id: string): Promise<Delegation | null> {
  if (!isUuid(id)) return null;
  const row = await db.deleteFrom('user_delegation').where('id', '=', id).returningAll().executeTakeFirst();
  return row ?? null;
}
