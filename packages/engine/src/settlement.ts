import { activateFrom, groupIndexOf } from './activation.ts';
import { isOpen, isPending } from './approval.ts';
import { breach } from './breach.ts';
import {
  type Draft,
  deciderOf,
  emit,
  endRequest,
  moveStage,
  progressOf,
  skipOpenTasks,
  stageOf,
  tasksOf,
} from './draft.ts';
import { evaluate, type RejectionReason } from './evaluator.ts';
import type { Needs } from './people.ts';
import { type Stage, stageGroups } from './policy.ts';
import { isActive } from './stage-transition.ts';

/**
 * Brings one open stage to rest after something in it changed: the one evaluator runs; an approved stage may start the
 * next group; a rejected one ends the request; one whose pending people are all past due breaches.
 * Returns what is still to be asked, in which case the draft is to be thrown away.
 */
export function settle(draft: Draft, stage: Stage): Needs | null {
  const progress = progressOf(draft, stage);
  if (progress.status !== 'open') return null;
  const verdict = evaluate(stage, progress, tasksOf(draft, stage));
  if (verdict.kind === 'rejected') {
    rejectStage(draft, stage, verdict.reason);
    return null;
  }
  if (verdict.kind === 'approved') return approveStage(draft, stage);
  if (progress.breached_at === null && isPastDue(draft, stage)) {
    const outcome = breach(draft, stage);
    if (outcome.kind === 'needs') return outcome.needs;
    if (outcome.kind === 'settled') return settle(draft, stage);
    rejectStage(draft, stage, outcome.reason);
  }
  return null;
}

/** Every approver who can still decide has let the time pass. */
export function isPastDue(draft: Draft, stage: Stage): boolean {
  const pending = tasksOf(draft, stage).filter((task) => task.kind === 'approver' && isPending(task));
  return pending.length > 0 && !pending.some(isOpen);
}

/** A rejected stage rejects the request at once. */
function rejectStage(draft: Draft, stage: Stage, reason: RejectionReason): void {
  const actor = deciderOf(draft);
  moveStage(draft, stage, 'defeated');
  skipOpenTasks(draft, tasksOf(draft, stage));
  emit(draft, {
    type: 'stage_completed',
    stageOrder: stage.stage_order,
    payload: { name: stage.name, outcome: 'rejected', reason },
    actor,
  });
  endRequest(draft, 'rejected');
  emit(draft, {
    type: 'request_rejected',
    stageOrder: stage.stage_order,
    payload: { reason, ...(actor === null ? {} : { actor }) },
    actor,
  });
}

function approveStage(draft: Draft, stage: Stage): Needs | null {
  moveStage(draft, stage, 'carried');
  skipOpenTasks(draft, tasksOf(draft, stage));
  emit(draft, {
    type: 'stage_completed',
    stageOrder: stage.stage_order,
    payload: { name: stage.name, outcome: 'approved' },
    actor: deciderOf(draft),
  });
  const index = groupIndexOf(draft, stage);
  const group = stageGroups(draft.policy)[index] ?? [];
  const active = group.find((each) => isActive(progressOf(draft, each).status));
  if (!active) return activateFrom(draft, index + 1);
  draft.request.current_stage_order = active.stage_order;
  return null;
}

/** Settles every stage that is open, lowest order first, for commands that may have touched more than one. */
export function settleAll(draft: Draft): Needs | null {
  const orders = [...draft.stages].sort((a, b) => a.stage_order - b.stage_order);
  for (const { stage_id } of orders) {
    const needs = settle(draft, stageOf(draft, stage_id));
    if (needs) return needs;
  }
  return null;
}
