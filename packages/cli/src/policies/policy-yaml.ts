import type { ApproverRuleIn, PolicyCreate, PolicyOut, StageIn } from '@awe/contract/policies';
import { Document, isMap, visit } from 'yaml';

/** What need not be written, for it is what its absence means. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  forbid_self_approval: false,
  forbid_repeat_approvers: false,
  mode: 'all',
  on_empty: 'block',
  on_reject: 'veto',
  kind: 'approver',
  required: false,
};

/** A version as its author would write it: no ids, no dates, no defaults. */
export function asDocument(policy: PolicyCreate): PolicyCreate {
  const { policy_key, name, description, artifact_type, forbid_self_approval, forbid_repeat_approvers } =
    policy;
  return {
    policy_key,
    name,
    artifact_type,
    ...said({ description, forbid_self_approval, forbid_repeat_approvers }),
    stages: (policy.stages ?? []).map(stageDocument),
  };
}

function stageDocument(stage: StageIn): StageIn {
  const { name, stage_order, mode, mode_value, sla_hours, skip_if, on_empty } = stage;
  const { parallel_group, on_breach, on_reject, rules = [], escalation_rules = [] } = stage;
  return {
    name,
    stage_order,
    ...said({ parallel_group, skip_if, mode, mode_value, on_reject, on_empty }),
    rules: rules.map(ruleDocument),
    ...said({ sla_hours, on_breach }),
    ...(escalation_rules.length > 0 && { escalation_rules: escalation_rules.map(ruleDocument) }),
  };
}

function ruleDocument({ rule_type, rule_value, kind, required }: ApproverRuleIn): ApproverRuleIn {
  return { rule_type, rule_value, ...said({ kind, required }) };
}

/** Those of the values that say something. */
function said<Values extends object>(
  values: Values,
): { [Name in keyof Values]?: Exclude<Values[Name], null | undefined> } {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => value !== null && value !== undefined && DEFAULTS[name] !== value,
    ),
  ) as ReturnType<typeof said<Values>>;
}

/** A version as a policy file in YAML, which says where it comes from and where an editor finds its schema. */
export function policyYaml(policy: PolicyOut, schemaUrl: string): string {
  const document = new Document(asDocument(policy), { aliasDuplicateObjects: false });
  document.commentBefore = [
    ` yaml-language-server: $schema=${schemaUrl}`,
    ` Version ${policy.version}, ${policy.status}`,
  ].join('\n');
  visit(document, {
    // Short and of one kind: what a rule looks for reads best on its line.
    Pair: (_, { key, value }) => {
      if (String(key) === 'rule_value' && isMap(value)) value.flow = true;
    },
  });
  return document.toString({ lineWidth: 100, flowCollectionPadding: true });
}
