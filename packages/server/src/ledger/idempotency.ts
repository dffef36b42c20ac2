import type { Pool } from 'pg';
import { createBatch } from './batch.ts';

/** The first answer that was given under an idempotency key. */
export type FirstAnswer = {
  subject: string;
  key: string;
  body_hash: string;
  request_id: string;
  response: string;
};

/** Primary key; no lock, because the commit's insert is what decides a race. */
const FIND = `
  select k.subject, k.key, k.body_hash, k.request_id, k.response
  from unnest($1::text[], $2::text[]) as wanted (subject, key)
  join idempotency_key k using (subject, key)`;

export function createFindAnswer(pool: Pool, options: { size: number; lanes: number }) {
  const find = createBatch<{ subject: string; key: string }, FirstAnswer | null>({
    ...options,
    run: async (wanted) => {
      const values = [wanted.map((each) => each.subject), wanted.map((each) => each.key)];
      const { rows } = await pool.query<FirstAnswer>({ name: 'find_answer', text: FIND, values });
      const found = new Map(rows.map((row) => [JSON.stringify([row.subject, row.key]), row]));
      return wanted.map(({ subject, key }) => found.get(JSON.stringify([subject, key])) ?? null);
    },
  });
  return (subject: string, key: string): Promise<FirstAnswer | null> => find({ subject, key });
}
