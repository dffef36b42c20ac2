import type { Pool } from 'pg';
import { createBatch } from './batch.ts';
import { isText } from './column-values.ts';

/** The id of the version of a key that governs new requests now, or null. */
export type ActiveVersionId = (policyKey: string) => Promise<string | null>;

/** approval_policy_one_active. Asked anew for each creation: another replica may have activated a version a moment ago. */
const FIND = `
  select policy_key, id from approval_policy
  where status = 'active' and policy_key = any ($1::text[])`;

export function createActiveVersionId(
  pool: Pick<Pool, 'query'>,
  options: { size: number; lanes: number },
): ActiveVersionId {
  return createBatch<string, string | null>({
    ...options,
    run: async (keys) => {
      const { rows } = await pool.query<{ policy_key: string; id: string }>({
        name: 'active_version',
        text: FIND,
        values: [[...new Set(keys.filter(isText))]],
      });
      const ids = new Map(rows.map((row) => [row.policy_key, row.id]));
      return keys.map((key) => ids.get(key) ?? null);
    },
  });
}
