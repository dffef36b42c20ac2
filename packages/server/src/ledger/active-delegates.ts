import type { Instant } from '@awe/engine/instant';
import type { Pool } from 'pg';
import { createBatch } from './batch.ts';
import { isText } from './column-values.ts';

/**
 * Who stands in for each of these people at `now`: the most recently created window that is open then counts, null when
 * there is none. The delegates found are answered for too, because one who is away cannot stand in.
 */
export type ActiveDelegates = (users: readonly string[], now: Instant) => Promise<Map<string, string | null>>;

/** One index probe a person (user_delegation_user); most have no row. No lock: it applies to tasks made from now on. */
const FIND = `
  select person.user_id, window_.delegate_to
  from (select distinct unnest($1::text[]) as user_id) person
  cross join lateral (
    select d.delegate_to
    from user_delegation d
    where d.user_id = person.user_id and d.starts_at <= $2 and d.ends_at > $2
    order by d.id desc
    limit 1
  ) window_`;

/** Questions that come while one is being asked share the next; all of a batch are asked for its latest moment. */
export function createActiveDelegates(
  pool: Pick<Pool, 'query'>,
  options: { size: number; lanes: number },
): ActiveDelegates {
  const ask = async (users: readonly string[], now: Instant): Promise<Map<string, string>> => {
    const values = [users.filter(isText), now];
    const { rows } = await pool.query<{ user_id: string; delegate_to: string }>({
      name: 'active_delegates',
      text: FIND,
      values,
    });
    return new Map(rows.map((row) => [row.user_id, row.delegate_to]));
  };
  const batched = createBatch<{ users: readonly string[]; now: Instant }, Map<string, string | null>>({
    ...options,
    run: async (questions) => {
      const now = questions.reduce((latest, each) => (each.now > latest ? each.now : latest), '');
      const found = await ask([...new Set(questions.flatMap((each) => each.users))], now);
      const delegates = [...found.values()];
      const theirs = delegates.length === 0 ? new Map<string, string>() : await ask(delegates, now);
      return questions.map(({ users }) => {
        const delegatesHere = users.flatMap((user) => found.get(user) ?? []);
        return new Map([
          ...delegatesHere.map((user) => [user, theirs.get(user) ?? null] as const),
          ...users.map((user) => [user, found.get(user) ?? null] as const),
        ]);
      });
    },
  });
  return (users, now) => batched({ users, now });
}
