import type { PolicyCreate } from '@awe/contract/policies';
import type { PolicyDocument, RuleDefinition, StageDefinition } from '@awe/engine/policy-document';
import { validatePolicy } from '@awe/engine/policy-validation';
import { canonical } from '@awe/wording/diff/canonical';

/** A policy with every default filled in, its stages in the order they run. */
export type Definition = Required<Omit<PolicyCreate, 'stages' | 'description'>> & {
  description: string | null;
  stages: StageDefinition[];
};

/** What a document defines, or null when it cannot work. Ids and dates of a stored version do not count. */
export function definitionOf(document: PolicyDocument): Definition | null {
  const validation = validatePolicy(document);
  return validation.ok ? defined(document, validation.stages) : null;
}

/** The same of a document whose stages were validated already. */
export function defined(document: PolicyDocument, stages: StageDefinition[]): Definition {
  const { policy_key, name, artifact_type } = document;
  return {
    policy_key,
    name,
    description: document.description || null,
    artifact_type,
    forbid_self_approval: document.forbid_self_approval ?? false,
    forbid_repeat_approvers: document.forbid_repeat_approvers ?? false,
    stages,
  };
}

/**
 * Whether two definitions ask the same people for the same. What has no meaning makes no difference: the order of rules,
 * a default that is written out, `quorum` for `any-n`. The numbers of stages do: callers see them.
 */
export function sameDefinition(a: Definition | null, b: Definition): boolean {
  return a !== null && meaningOf(a) === meaningOf(b);
}

function meaningOf({ stages, ...policy }: Definition): string {
  return canonical({ ...policy, stages: stages.map(stageMeaning) });
}

function stageMeaning({ rules, escalation_rules, ...stage }: StageDefinition) {
  const mode = stage.mode === 'quorum' ? 'any-n' : stage.mode;
  const counted = { all: null, 'any-n': stage.mode_value ?? 1, percentage: stage.mode_value ?? 100 };
  return {
    ...stage,
    mode,
    mode_value: counted[mode],
    on_breach: stage.on_breach ?? 'notify',
    rules: ruleMeanings(rules),
    escalation_rules: ruleMeanings(escalation_rules),
  };
}

function ruleMeanings(rules: readonly RuleDefinition[]): string[] {
  return rules.map((rule) => canonical(rule)).sort();
}
