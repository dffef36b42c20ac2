import type { RuleDefinition, StageDefinition } from '@awe/engine/policy-document';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** Writes the stages and rules of a version that has none, in one statement. They get their ids here. */
export async function insertStages(
  trx: Kysely<Tables>,
  policyId: string,
  definitions: readonly StageDefinition[],
  newId: () => string,
): Promise<void> {
  if (definitions.length === 0) return;
  const stages = definitions.map((definition) => ({ ...definition, id: newId() }));
  const rows = (stageId: string, rules: readonly RuleDefinition[], escalation: boolean) =>
    rules.map((rule, position) => ({ ...rule, id: newId(), stage_id: stageId, position, escalation }));
  const rules = stages.flatMap((stage) => [
    ...rows(stage.id, stage.rules, false),
    ...rows(stage.id, stage.escalation_rules, true),
  ]);
  await sql`
    with stage as (
      insert into approval_stage (id, policy_id, stage_order, name, mode, mode_value, sla_hours, skip_if, on_empty,
                                  parallel_group, on_breach, on_reject)
      select id, ${policyId}, stage_order, name, mode, mode_value, sla_hours, skip_if, on_empty,
             parallel_group, on_breach, on_reject
        from jsonb_to_recordset(${JSON.stringify(stages)}::jsonb) as given (
               id uuid, stage_order integer, name text, mode text, mode_value integer, sla_hours integer,
               skip_if jsonb, on_empty text, parallel_group integer, on_breach text, on_reject text)
    )
    insert into approver_rule (id, stage_id, position, escalation, rule_type, rule_value, kind, required)
    select id, stage_id, position, escalation, rule_type, rule_value, kind, required
      from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as given (
             id uuid, stage_id uuid, position integer, escalation boolean, rule_type text, rule_value jsonb,
             kind text, required boolean)`.execute(trx);
}
