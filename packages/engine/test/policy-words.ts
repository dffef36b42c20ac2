import type { JsonObject, JsonValue, Policy, Rule, Stage } from '@awe/engine/policy';

/** A rule without its id, which the policy gives it. */
export type RuleWords = Omit<Rule, 'id'>;
export type StageWords = Partial<Omit<Stage, 'id' | 'name' | 'rules' | 'escalation_rules'>> & {
  name: string;
  rules: RuleWords[];
  escalation_rules?: RuleWords[];
};
export type PolicyFlags = Partial<Pick<Policy, 'forbid_self_approval' | 'forbid_repeat_approvers'>>;

function rule(rule_type: Rule['rule_type'], rule_value: JsonObject): RuleWords {
  return { rule_type, rule_value, kind: 'approver', required: false };
}

export const user = (id: string) => rule('user', { user_id: id });
export const role = (name: string) => rule('role', { role: name });
export const group = (path: string) => rule('group', { group: path });
export const http = (url: string) => rule('http', { url });
export const expression = (logic: JsonValue) => rule('expression', { logic });
export const required = (words: RuleWords): RuleWords => ({ ...words, required: true });
export const observer = (words: RuleWords): RuleWords => ({ ...words, kind: 'observer' });

/** `rules` are people to ask; anything else is what the validation would fill in. */
export function stage(name: string, words: Omit<StageWords, 'name'>): StageWords {
  return { name, ...words };
}

/** A policy whose stages run in the order given: 1, 2, 3… */
export function policy(stages: readonly StageWords[], flags: PolicyFlags = {}): Policy {
  return {
    id: 'policy-1',
    policy_key: 'land-transfer',
    version: 3,
    artifact_type: 'deed',
    forbid_self_approval: false,
    forbid_repeat_approvers: false,
    ...flags,
    stages: stages.map((words, i) => ({
      stage_order: i + 1,
      mode: 'all',
      mode_value: null,
      sla_hours: null,
      skip_if: null,
      on_empty: 'block',
      parallel_group: null,
      on_breach: null,
      on_reject: 'veto',
      ...words,
      id: `stage-${i + 1}`,
      rules: named(words.rules, `stage-${i + 1}-rule`),
      escalation_rules: named(words.escalation_rules ?? [], `stage-${i + 1}-escalation`),
    })),
  };
}

function named(rules: readonly RuleWords[], prefix: string): Rule[] {
  return rules.map((words, i) => ({ ...words, id: `${prefix}-${i + 1}` }));
}
