import type { PolicyOut, StageOut } from '@awe/contract/policies';
import type { EventOut } from '@awe/contract/requests';
import type { Mode, OnBreach, OnEmpty, OnReject, Policy, Stage } from '@awe/engine/policy';
import { t } from '../../strings/t.ts';
import type { Told } from './use-approval.ts';

/**
 * The stages of a request as the engine knows them: all of them from the policy, or, for those who may not read it
 * (`written` null), the ones that its timeline tells of. Whom rules find is not asked here, so rules are left out.
 */
export function toldPolicy(told: Told, written: PolicyOut | null): Policy {
  const { request } = told;
  return {
    id: request.policy_id,
    policy_key: request.policy_key,
    version: request.policy_version,
    artifact_type: request.artifact_type,
    forbid_self_approval: written?.forbid_self_approval ?? false,
    forbid_repeat_approvers: written?.forbid_repeat_approvers ?? false,
    stages: written ? (written.stages ?? []).map(writtenStage) : toldStages(told),
  };
}

const BLANK = {
  mode: 'all',
  mode_value: null,
  sla_hours: null,
  skip_if: null,
  on_empty: 'block',
  parallel_group: null,
  on_breach: null,
  on_reject: 'veto',
  rules: [],
  escalation_rules: [],
} as const satisfies Partial<Stage>;

function writtenStage(stage: StageOut): Stage {
  return {
    id: stage.id,
    name: stage.name,
    stage_order: stage.stage_order,
    mode: (stage.mode ?? BLANK.mode) as Mode,
    mode_value: stage.mode_value ?? null,
    sla_hours: stage.sla_hours ?? null,
    skip_if: stage.skip_if ?? null,
    on_empty: (stage.on_empty ?? BLANK.on_empty) as OnEmpty,
    parallel_group: stage.parallel_group ?? null,
    on_breach: (stage.on_breach ?? null) as OnBreach | null,
    on_reject: (stage.on_reject ?? BLANK.on_reject) as OnReject,
    rules: [],
    escalation_rules: [],
  };
}

function toldStages({ events, tasks }: Told): Stage[] {
  const stages = new Map<number, Stage>();
  for (const event of events) {
    const { stage_order: order, name, mode, mode_value, waiting_stages } = event.payload;
    if (typeof order !== 'number' || order === 0) continue;
    for (const each of [order, ...(Array.isArray(waiting_stages) ? waiting_stages.map(Number) : [])]) {
      stages.set(each, stages.get(each) ?? unnamed(each, tasks));
    }
    const stage = stages.get(order) ?? unnamed(order, tasks);
    if (typeof name === 'string') stage.name = name;
    if (event.event_type === 'stage_started') {
      stage.mode = mode as Mode;
      stage.mode_value = typeof mode_value === 'number' ? mode_value : null;
      stage.parallel_group = togetherWith(event);
    }
    // A vote against it that the stage outlives shows how it counts; the timeline does not say it in words.
    if (event.event_type === 'task_decided' && event.payload.action === 'reject') stage.on_reject = 'count';
  }
  return [...stages.values()].sort((a, b) => a.stage_order - b.stage_order);
}

function unnamed(stage_order: number, tasks: Told['tasks']): Stage {
  const id = tasks.find((task) => task.stage_order === stage_order)?.stage_id ?? String(stage_order);
  return {
    ...BLANK,
    rules: [],
    escalation_rules: [],
    id,
    name: t.requests.stageName(stage_order),
    stage_order,
  };
}

/** Only the stages of one group start in the same commit, which gives all its events one time. */
function togetherWith({ created_at }: EventOut): number {
  return Date.parse(created_at);
}
