import { planStage } from './activation.ts';
import { type Approval, newApproval } from './approval.ts';
import { openDraft, type World } from './draft.ts';
import { mergeNeeds, type Needs } from './people.ts';
import type { JsonObject, Stage } from './policy.ts';

export type SimulatedStage = {
  stage: Stage;
  approvers: string[];
  observers: string[];
  required_approvers: string[];
  /** Approvals the stage would need; null when it would not open. */
  needed: number | null;
  skip_reason: string | null;
  /** Why a request would be rejected on reaching this stage; null when it would not. */
  blocked_reason: string | null;
  skip_if_error: string | null;
};

export type Simulation =
  | { kind: 'needs'; needs: Needs }
  | { kind: 'failed'; stage: Stage; reason: string }
  | { kind: 'simulated'; stages: SimulatedStage[] };

/**
 * Whom each stage would ask for a request with this context and requester, were it reached now. The same code as the
 * live engine; nobody has voted yet, so `forbid_repeat_approvers` keeps nobody out.
 */
export function simulate(context: JsonObject, requester: string | null, world: World): Simulation {
  const draft = openDraft(imagined(context, requester, world), world);
  const plans = world.policy.stages.map((stage) => ({ stage, plan: planStage(draft, stage) }));
  const needs = mergeNeeds(plans.map(({ plan }) => (plan.kind === 'needs' ? plan.needs : null)));
  if (needs) return { kind: 'needs', needs };
  const stages: SimulatedStage[] = [];
  for (const { stage, plan } of plans) {
    if (plan.kind === 'failed') return { kind: 'failed', stage, reason: plan.reason };
    const found = plan.kind === 'open' || plan.kind === 'block' ? plan : null;
    const approvers = found?.approvers ?? [];
    stages.push({
      stage,
      approvers: approvers.map((each) => each.assignee),
      observers: found?.observers ?? [],
      required_approvers: approvers.filter((each) => each.required).map((each) => each.assignee),
      needed: plan.kind === 'open' ? plan.needed : null,
      skip_reason: plan.kind === 'pass' ? plan.reason : null,
      blocked_reason: plan.kind === 'block' ? plan.reason : null,
      skip_if_error: (plan.kind === 'pass' ? plan : found)?.skipIfError ?? null,
    });
  }
  return { kind: 'simulated', stages };
}

/** Stands for the request that was never made: only its context and requester matter to a stage. */
function imagined(context: JsonObject, requester: string | null, { policy, now }: World): Approval {
  const nothing = {
    id: '',
    source_service: '',
    artifact_id: '',
    callback_url: null,
    callback_secret_id: null,
  };
  return newApproval({ ...nothing, artifact_type: policy.artifact_type, requester, context }, policy, now);
}
