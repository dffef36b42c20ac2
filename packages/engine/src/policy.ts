/**
 * What a policy is: who must approve, in which order, how many of them, by when. Field names are those of the wire,
 * so that a stored version reads like the document its author wrote.
 */

export type RuleType = 'user' | 'role' | 'group' | 'expression' | 'http';
export type RuleKind = 'approver' | 'observer';
export type Mode = 'all' | 'any-n' | 'quorum' | 'percentage';
export type OnEmpty = 'block' | 'skip';
export type OnBreach = 'notify' | 'auto_approve' | 'auto_reject' | 'escalate';
export type OnReject = 'veto' | 'count';
export type PolicyStatus = 'draft' | 'active' | 'archived';

export const RULE_TYPES = [
  'user',
  'role',
  'group',
  'expression',
  'http',
] as const satisfies readonly RuleType[];
export const RULE_KINDS = ['approver', 'observer'] as const satisfies readonly RuleKind[];
export const MODES = ['all', 'any-n', 'quorum', 'percentage'] as const satisfies readonly Mode[];
export const ON_EMPTY = ['block', 'skip'] as const satisfies readonly OnEmpty[];
export const ON_BREACH = [
  'notify',
  'auto_approve',
  'auto_reject',
  'escalate',
] as const satisfies readonly OnBreach[];
export const ON_REJECT = ['veto', 'count'] as const satisfies readonly OnReject[];

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** One way to find people. `required` marks seats, not names: each person found must approve. */
export type Rule = {
  id: string;
  rule_type: RuleType;
  rule_value: JsonObject;
  kind: RuleKind;
  required: boolean;
};

export type Stage = {
  id: string;
  name: string;
  stage_order: number;
  mode: Mode;
  mode_value: number | null;
  sla_hours: number | null;
  skip_if: JsonObject | null;
  on_empty: OnEmpty;
  parallel_group: number | null;
  on_breach: OnBreach | null;
  on_reject: OnReject;
  rules: Rule[];
  escalation_rules: Rule[];
};

/** A policy version as the engine needs it; once activated it never changes. `stages` are in `stage_order`. */
export type Policy = {
  id: string;
  policy_key: string;
  version: number;
  artifact_type: string;
  forbid_self_approval: boolean;
  forbid_repeat_approvers: boolean;
  stages: Stage[];
};

/**
 * The stages in the order they run: stages that share a `parallel_group` form one group, every other stage is a
 * group of its own. Validation guarantees that the members of a group are neighbours in `stage_order`.
 */
export function stageGroups(policy: Policy): Stage[][] {
  const groups: Stage[][] = [];
  for (const stage of policy.stages) {
    const last = groups.at(-1);
    const sibling = last?.[0]?.parallel_group;
    if (last && sibling !== null && sibling === stage.parallel_group) last.push(stage);
    else groups.push([stage]);
  }
  return groups;
}
