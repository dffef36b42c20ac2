import type { StageProgress, Task } from './approval.ts';
import { addTask, type Draft, deciderOf, emit, endRequest, moveStage } from './draft.ts';
import { neededApprovals } from './evaluator.ts';
import { hoursAfter, secondsAfter } from './instant.ts';
import { compileLogic, truthy } from './jsonlogic/compile.ts';
import { mergeNeeds, type Needs } from './people.ts';
import { type Stage, stageGroups } from './policy.ts';
import { excludedFrom, type Seat, seat } from './seats.ts';

/** Waits before the next try to find people, in seconds; the last one repeats. */
const LOOKUP_BACKOFF_SECONDS = [5, 15, 60, 300, 900] as const;

export type BlockReason = 'required_approver_unavailable' | 'no_approvers_resolved' | 'quorum_unreachable';

/** What activating one stage would come to, before anything is written. */
export type Plan =
  | { kind: 'needs'; needs: Needs }
  | { kind: 'failed'; reason: string }
  | { kind: 'pass'; reason: 'skip_if' | 'no_approvers'; skipIfError: string | null }
  | ({ kind: 'block'; reason: BlockReason } & Found)
  | ({ kind: 'open'; needed: number } & Found);

/** The people of a stage that is not passed over, and why its `skip_if` could not say. */
export type Found = { approvers: Seat[]; observers: string[]; skipIfError: string | null };

/** Asks nobody yet: decides whether the stage is passed over, blocked, or open, and for whom. */
export function planStage(draft: Draft, stage: Stage): Plan {
  let skipIfError: string | null = null;
  if (stage.skip_if !== null) {
    const result = compileLogic(stage.skip_if)(draft.request.context);
    if (!result.ok) skipIfError = result.reason;
    else if (truthy(result.value)) return { kind: 'pass', reason: 'skip_if', skipIfError };
  }
  const seating = seat(stage.rules, draft.request.context, excludedAt(draft, stage), draft.people);
  if (seating.kind !== 'seated') return seating;
  const { approvers, observers } = seating;
  const found: Found = { approvers, observers, skipIfError };
  if (seating.requiredEmpty) return { kind: 'block', reason: 'required_approver_unavailable', ...found };
  if (approvers.length === 0) {
    return stage.on_empty === 'skip'
      ? { kind: 'pass', reason: 'no_approvers', skipIfError }
      : { kind: 'block', reason: 'no_approvers_resolved', ...found };
  }
  const needed = neededApprovals(stage, approvers.length);
  if (needed === null) return { kind: 'block', reason: 'quorum_unreachable', ...found };
  return { kind: 'open', needed, ...found };
}

/**
 * Starts the group at `index` and, while groups are passed over whole, the ones after it; after the last one the
 * request is approved. Whether any stage of a group blocks is decided before any of its tasks is created.
 * Returns what is still to be asked, in which case the draft is to be thrown away.
 */
export function activateFrom(draft: Draft, index: number): Needs | null {
  const groups = stageGroups(draft.policy);
  for (let at = index; at < groups.length; at += 1) {
    const group = groups[at] ?? [];
    const plans = group.map((stage) => ({ stage, plan: planStage(draft, stage) }));
    const needs = mergeNeeds(plans.map(({ plan }) => (plan.kind === 'needs' ? plan.needs : null)));
    if (needs) return needs;

    if (plans.some(({ plan }) => plan.kind === 'failed')) {
      postpone(draft, plans);
      return null;
    }
    if (blockRequest(draft, plans)) return null;
    const opening = plans.find(({ plan }) => plan.kind === 'open');
    if (opening) {
      draft.request.status = 'in_review';
      draft.request.current_stage_order = opening.stage.stage_order;
    }
    for (const { stage, plan } of plans) applyPlan(draft, stage, plan);
    if (opening) return null;
  }
  approveRequest(draft);
  return null;
}

/** The group a stage belongs to, as an index for {@link activateFrom}. */
export function groupIndexOf(draft: Draft, stage: Stage): number {
  return stageGroups(draft.policy).findIndex((group) => group.some((each) => each.id === stage.id));
}

/** The people whom the separation of duties keeps out of `stage`: siblings of a parallel group are not earlier. */
export function excludedAt(draft: Draft, stage: Stage): ReadonlySet<string> {
  const groups = stageGroups(draft.policy).slice(0, groupIndexOf(draft, stage));
  const earlier = new Set(groups.flat().map((each) => each.id));
  const tasks = draft.tasks.filter((task) => earlier.has(task.stage_id));
  return excludedFrom(draft.policy, draft, tasks);
}

/** Adds the tasks of people who are asked now, with a due time when the stage has an SLA. Observers are in no hurry. */
export function askPeople(
  draft: Draft,
  stage: Stage,
  people: { approvers: readonly Seat[]; observers: readonly string[] },
  escalated: boolean,
): Task[] {
  const place = { stage_id: stage.id, stage_order: stage.stage_order, escalated, reassigned_from: null };
  const dueAt = stage.sla_hours === null ? null : hoursAfter(draft.now, stage.sla_hours);
  const approvers = people.approvers.map((each) =>
    addTask(draft, { ...place, ...each, kind: 'approver', due_at: dueAt }),
  );
  for (const assignee of people.observers) {
    addTask(draft, {
      ...place,
      assignee,
      kind: 'observer',
      required: false,
      delegated_from: null,
      due_at: null,
    });
  }
  return approvers;
}

/** Notes a failed lookup and when the next try is due. Returns the payload that tells it. */
export function scheduleRetry(draft: Draft, progress: StageProgress, reason: string) {
  const wait = LOOKUP_BACKOFF_SECONDS[Math.min(progress.failures, LOOKUP_BACKOFF_SECONDS.length - 1)] ?? 900;
  progress.failures += 1;
  progress.next_attempt_at = secondsAfter(draft.now, wait);
  return { reason, attempt: progress.failures, next_attempt_at: progress.next_attempt_at };
}

type Planned = { stage: Stage; plan: Plan };

/** The decision that led here is kept; the whole group waits, because its stages start together or not at all. */
function postpone(draft: Draft, plans: readonly Planned[]): void {
  draft.request.status = 'in_review';
  draft.request.current_stage_order = plans[0]?.stage.stage_order ?? 0;
  const waiting = plans.map(({ stage }) => stage.stage_order);
  for (const { stage, plan } of plans) {
    const progress = moveStage(draft, stage, 'lookup_failed');
    const failure = plan.kind === 'failed' ? plan.reason : null;
    const retry = scheduleRetry(draft, progress, failure ?? 'a parallel stage could not be resolved');
    if (failure !== null) {
      emit(draft, {
        type: 'stage_activation_failed',
        stageOrder: stage.stage_order,
        payload: { ...retry, phase: 'activation', waiting_stages: waiting },
      });
    }
  }
}

function blockRequest(draft: Draft, plans: readonly Planned[]): boolean {
  const blocked = plans.find(({ plan }) => plan.kind === 'block');
  if (blocked?.plan.kind !== 'block') return false;
  moveStage(draft, blocked.stage, 'blocked');
  endRequest(draft, 'rejected');
  emit(draft, {
    type: 'request_rejected',
    stageOrder: blocked.stage.stage_order,
    payload: { reason: blocked.plan.reason, ...careless(blocked.plan) },
  });
  return true;
}

function applyPlan(draft: Draft, stage: Stage, plan: Plan): void {
  if (plan.kind === 'pass') {
    moveStage(draft, stage, 'passed_over');
    emit(draft, {
      type: 'stage_skipped',
      stageOrder: stage.stage_order,
      payload: { name: stage.name, reason: plan.reason, ...careless(plan) },
    });
    return;
  }
  if (plan.kind !== 'open') throw new Error(`stage ${stage.stage_order} cannot open: ${plan.kind}`);
  const progress = moveStage(draft, stage, 'opened');
  progress.needed = plan.needed;
  progress.asked = plan.approvers.length;
  askPeople(draft, stage, plan, false);
  emit(draft, {
    type: 'stage_started',
    stageOrder: stage.stage_order,
    payload: {
      name: stage.name,
      mode: stage.mode,
      mode_value: stage.mode_value,
      needed: plan.needed,
      approvers: plan.approvers.map((each) => each.assignee),
      observers: plan.observers,
      required_approvers: plan.approvers.filter((each) => each.required).map((each) => each.assignee),
      ...careless(plan),
    },
  });
}

/** What a payload says of a `skip_if` that could not be evaluated, whatever became of its stage. */
function careless({ skipIfError }: Pick<Found, 'skipIfError'>) {
  return skipIfError === null ? {} : { skip_if_error: skipIfError };
}

function approveRequest(draft: Draft): void {
  const reason =
    draft.policy.stages.length === 0
      ? 'no_stages'
      : draft.stages.every((stage) => stage.status === 'skipped')
        ? 'all_stages_skipped'
        : null;
  endRequest(draft, 'approved');
  emit(draft, {
    type: 'request_approved',
    stageOrder: draft.request.current_stage_order || null,
    payload: reason === null ? {} : { reason },
    actor: deciderOf(draft),
  });
}
