import type { PolicyCreate, StageIn } from '@awe/contract/policies';
import type { PolicyDocument, RuleDefinition, StageDefinition } from '@awe/engine/policy-document';

/** `id` lives as long as the page: it tells a card from its neighbours while both move. */
export type RuleDraft = RuleDefinition & { id: string };

export type RuleList = 'rules' | 'escalation_rules';

/**
 * A stage as it is edited. Its place is that in the list. `joined`: it runs beside the one above. The numbers that it had
 * are kept for as long as they fit.
 */
export type StageDraft = Omit<StageDefinition, 'stage_order' | RuleList> & {
  id: string;
  stage_order: number | null;
  joined: boolean;
  rules: RuleDraft[];
  escalation_rules: RuleDraft[];
};

export type PolicyDraft = {
  policy_key: string;
  name: string;
  description: string;
  artifact_type: string;
  forbid_self_approval: boolean;
  forbid_repeat_approvers: boolean;
  stages: StageDraft[];
};

let ids = 0;

/** An id that nothing else on this page has. */
export function freshId(): string {
  ids += 1;
  return `d${ids}`;
}

export function emptyDraft(): PolicyDraft {
  return {
    policy_key: '',
    name: '',
    description: '',
    artifact_type: '',
    forbid_self_approval: true,
    forbid_repeat_approvers: false,
    stages: [],
  };
}

export function emptyRule(): RuleDraft {
  return { id: freshId(), rule_type: 'user', rule_value: { user_id: '' }, kind: 'approver', required: false };
}

export function emptyStage(): StageDraft {
  return {
    id: freshId(),
    name: '',
    stage_order: null,
    mode: 'all',
    mode_value: null,
    sla_hours: null,
    skip_if: null,
    on_empty: 'block',
    parallel_group: null,
    on_breach: null,
    on_reject: 'veto',
    joined: false,
    rules: [emptyRule()],
    escalation_rules: [],
  };
}

/** A document to be edited: a stored version, or what `documentOf` made of an earlier draft. */
export function draftOf(document: PolicyCreate): PolicyDraft {
  const stages = [...(document.stages ?? [])].sort((a, b) => a.stage_order - b.stage_order);
  return {
    policy_key: document.policy_key,
    name: document.name,
    description: document.description ?? '',
    artifact_type: document.artifact_type,
    forbid_self_approval: document.forbid_self_approval ?? false,
    forbid_repeat_approvers: document.forbid_repeat_approvers ?? false,
    stages: stages.map((stage, place) => stageOf(stage, stages[place - 1])),
  };
}

function stageOf(stage: StageIn, above: StageIn | undefined): StageDraft {
  const group = stage.parallel_group ?? null;
  const rulesOf = (list: RuleList): RuleDraft[] =>
    (stage[list] ?? []).map((rule) => ({
      id: freshId(),
      rule_type: rule.rule_type as RuleDraft['rule_type'],
      rule_value: rule.rule_value,
      kind: (rule.kind ?? 'approver') as RuleDraft['kind'],
      required: rule.required ?? false,
    }));
  return {
    id: freshId(),
    name: stage.name,
    stage_order: stage.stage_order,
    mode: (stage.mode ?? 'all') as StageDraft['mode'],
    mode_value: stage.mode_value ?? null,
    sla_hours: stage.sla_hours ?? null,
    skip_if: stage.skip_if ?? null,
    on_empty: (stage.on_empty ?? 'block') as StageDraft['on_empty'],
    parallel_group: group,
    on_breach: (stage.on_breach ?? null) as StageDraft['on_breach'],
    on_reject: (stage.on_reject ?? 'veto') as StageDraft['on_reject'],
    joined: group !== null && above?.parallel_group === group,
    rules: rulesOf('rules'),
    escalation_rules: rulesOf('escalation_rules'),
  };
}

/** The draft as it travels. Whatever was typed is in it, also what cannot work. */
export function documentOf(draft: PolicyDraft): PolicyCreate & PolicyDocument {
  const orders = ordersOf(draft.stages);
  const groups = groupsOf(draft.stages);
  return {
    ...draft,
    description: draft.description.trim() || null,
    stages: draft.stages.map((stage, place) => ({
      ...documentStage(stage),
      stage_order: orders[place] ?? place + 1,
      parallel_group: groups[place] ?? null,
    })),
  };
}

/** A stage as it travels, whatever its place; one that never had a place gets the first. */
export function documentStage({ id: _, joined: __, ...stage }: StageDraft): StageDefinition {
  return {
    ...stage,
    stage_order: stage.stage_order ?? 1,
    rules: stage.rules.map(withoutId),
    // Escalation rules that no breach leads to would be kept, unseen.
    escalation_rules: stage.on_breach === 'escalate' ? stage.escalation_rules.map(withoutId) : [],
  };
}

function withoutId({ id: _, ...rule }: RuleDraft): RuleDefinition {
  return rule;
}

/** As before where that still is ascending, because webhooks carry these numbers; else from 1. */
function ordersOf(stages: readonly StageDraft[]): number[] {
  const orders: number[] = [];
  for (const { stage_order } of stages) orders.push(stage_order ?? (orders.at(-1) ?? 0) + 1);
  const isAscending = orders.every((order, place) => order > (orders[place - 1] ?? 0));
  return isAscending ? orders : stages.map((_, place) => place + 1);
}

/** One number for each group of several; null for a stage that runs alone. */
function groupsOf(stages: readonly StageDraft[]): (number | null)[] {
  const used = new Set<number>();
  let current: number | null = null;
  return stages.map(({ joined, parallel_group }, place) => {
    if (!joined) current = stages[place + 1]?.joined ? freeNumber(parallel_group, used) : null;
    return current;
  });
}

function freeNumber(before: number | null, used: Set<number>): number {
  let number = before ?? 1;
  while (used.has(number)) number += 1;
  used.add(number);
  return number;
}
