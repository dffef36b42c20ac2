import type { Instant } from '@awe/engine/instant';
import type { Policy, PolicyStatus } from '@awe/engine/policy';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isCount, isText } from './column-values.ts';
import type { Tables } from './tables.ts';
import { isUuid } from './uuid.ts';

/** One version as it is stored; its fields are those of the wire's PolicyOut. */
export type StoredPolicy = Policy & {
  name: string;
  description: string | null;
  status: PolicyStatus;
  created_by: string | null;
  created_at: Instant;
  updated_at: Instant;
};

/** One line in the list of a key's versions, as the wire's PolicyVersionOut. */
export type PolicyVersion = Pick<StoredPolicy, 'id' | 'policy_key' | 'version' | 'status' | 'created_at'>;

const rulesOf = (escalation: boolean) => sql`
  coalesce((
    select json_agg(json_build_object(
             'id', r.id, 'rule_type', r.rule_type, 'rule_value', r.rule_value, 'kind', r.kind, 'required', r.required
           ) order by r.position)
      from approver_rule r
     where r.stage_id = s.id and r.escalation = ${sql.lit(escalation)}
  ), '[]')`;

/** Whole versions in one round trip; stages and rules come by their unique indexes, which begin with the parent. */
const WHOLE = sql`
  select p.id, p.policy_key, p.version, p.name, p.description, p.status, p.artifact_type,
         p.forbid_self_approval, p.forbid_repeat_approvers, p.created_by, p.created_at, p.updated_at,
         coalesce((
           select json_agg(json_build_object(
                    'id', s.id, 'name', s.name, 'stage_order', s.stage_order, 'mode', s.mode,
                    'mode_value', s.mode_value, 'sla_hours', s.sla_hours, 'skip_if', s.skip_if,
                    'on_empty', s.on_empty, 'parallel_group', s.parallel_group, 'on_breach', s.on_breach,
                    'on_reject', s.on_reject, 'rules', ${rulesOf(false)}, 'escalation_rules', ${rulesOf(true)}
                  ) order by s.stage_order)
             from approval_stage s
            where s.policy_id = p.id
         ), '[]') as stages
    from approval_policy p`;

async function readWhole(db: Kysely<Tables>, condition: RawBuilder<unknown>): Promise<StoredPolicy[]> {
  return (await sql<StoredPolicy>`${WHOLE} where ${condition}`.execute(db)).rows;
}

/** One version by its id, or null. */
export async function findPolicy(db: Kysely<Tables>, id: string): Promise<StoredPolicy | null> {
  if (!isUuid(id)) return null;
  return (await readWhole(db, sql`p.id = ${id}`))[0] ?? null;
}

/** One version by its key and number, or null. */
export async function findPolicyVersion(
  db: Kysely<Tables>,
  key: string,
  version: number,
): Promise<StoredPolicy | null> {
  if (!isText(key) || !isCount(version)) return null;
  return (await readWhole(db, sql`p.policy_key = ${key} and p.version = ${version}`))[0] ?? null;
}

/** The newest version of each key, whatever its status, by key. */
export function listNewestPolicies(db: Kysely<Tables>): Promise<StoredPolicy[]> {
  return readWhole(
    db,
    sql`p.id in (
      select distinct on (policy_key) id from approval_policy order by policy_key, version desc
    ) order by p.policy_key collate "C"`,
  );
}

/** All versions of a key, newest first; none when there is no such key. */
export async function listPolicyVersions(db: Kysely<Tables>, key: string): Promise<PolicyVersion[]> {
  if (!isText(key)) return [];
  return db
    .selectFrom('approval_policy')
    .select(['id', 'policy_key', 'version', 'status', 'created_at'])
    .where('policy_key', '=', key)
    .orderBy('version', 'desc')
    .execute();
}

/** Whether any version has this key. Versions are never deleted, so that the first one stands for all. */
export async function policyKeyExists(db: Kysely<Tables>, key: string): Promise<boolean> {
  if (!isText(key)) return false;
  const row = await db
    .selectFrom('approval_policy')
    .select('id')
    .where('policy_key', '=', key)
    .where('version', '=', 1)
    .executeTakeFirst();
  return row !== undefined;
}
