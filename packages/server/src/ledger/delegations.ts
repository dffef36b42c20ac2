import type { Instant } from '@awe/engine/instant';
import { type Kysely, sql } from 'kysely';
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

/**
 * Who stands in for each of `users` at `now`, or null: the most recently created window counts, found by
 * user_delegation_user. The delegates found are looked up too, because one who is away cannot stand in.
 */
export async function activeDelegates(
  db: Kysely<Tables>,
  users: readonly string[],
  now: Instant,
): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>(users.map((user) => [user, null]));
  const asked = users.filter(isText);
  if (asked.length === 0) return found;
  const delegateOf = sql`
    select delegate_to from user_delegation d
     where d.user_id = person.user_id and d.starts_at <= ${now} and d.ends_at > ${now}
     order by d.id desc
     limit 1`;
  const { rows } = await sql<{ user_id: string; delegate_to: string | null }>`
    with asked as (
      select person.user_id, (${delegateOf}) as delegate_to
        from (select distinct unnest(${asked}::text[]) as user_id) person
    ), delegates as (
      select distinct delegate_to as user_id from asked where delegate_to is not null
      except select user_id from asked
    )
    select user_id, delegate_to from asked
    union all
    select person.user_id, (${delegateOf}) from delegates person`.execute(db);
  for (const row of rows) found.set(row.user_id, row.delegate_to);
  return found;
}
