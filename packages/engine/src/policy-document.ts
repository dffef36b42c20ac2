import type { JsonObject, Rule, Stage } from './policy.ts';

/**
 * A policy as its author sends it: the shape is checked, the meaning is not. The free strings may hold anything, what
 * is left out (or null) gets its default.
 */
export type PolicyDocument = {
  policy_key: string;
  name: string;
  description?: string | null | undefined;
  artifact_type: string;
  forbid_self_approval?: boolean | null | undefined;
  forbid_repeat_approvers?: boolean | null | undefined;
  stages?: readonly StageDocument[] | null | undefined;
};

export type StageDocument = {
  name: string;
  stage_order: number;
  mode?: string | null | undefined;
  mode_value?: number | null | undefined;
  sla_hours?: number | null | undefined;
  skip_if?: JsonObject | null | undefined;
  on_empty?: string | null | undefined;
  parallel_group?: number | null | undefined;
  on_breach?: string | null | undefined;
  on_reject?: string | null | undefined;
  rules?: readonly RuleDocument[] | null | undefined;
  escalation_rules?: readonly RuleDocument[] | null | undefined;
};

export type RuleDocument = {
  rule_type: string;
  rule_value: JsonObject;
  kind?: string | null | undefined;
  required?: boolean | null | undefined;
};

/** A rule that means something, before it has an id. */
export type RuleDefinition = Omit<Rule, 'id'>;

/** A stage that means something, with every default filled in, before it has an id. */
export type StageDefinition = Omit<Stage, 'id' | 'rules' | 'escalation_rules'> & {
  rules: RuleDefinition[];
  escalation_rules: RuleDefinition[];
};
