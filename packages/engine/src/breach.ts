import { askPeople, excludedAt, scheduleRetry } from './activation.ts';
import { isPending, SLA_MONITOR, type StageProgress, type Task } from './approval.ts';
import { changeTask, type Draft, emit, progressOf, tasksOf } from './draft.ts';
import type { RejectionReason } from './evaluator.ts';
import type { Needs } from './people.ts';
import type { Stage } from './policy.ts';
import { type Seating, seat } from './seats.ts';
import { castVote } from './vote.ts';

/** What a breach came to beyond the votes and tasks it wrote: people still to be asked about, or the stage's rejection. */
export type Breach =
  | { kind: 'needs'; needs: Needs }
  | { kind: 'rejected'; reason: RejectionReason }
  | { kind: 'settled' };

const SETTLED: Breach = { kind: 'settled' };

/**
 * What happens once when every pending approver of a stage is past due. A decision of the monitor never fills a
 * required seat with an approval: that person still has to sign.
 */
export function breach(draft: Draft, stage: Stage): Breach {
  const progress = progressOf(draft, stage);
  progress.breached_at = draft.now;
  const pending = tasksOf(draft, stage).filter((task) => task.kind === 'approver' && isPending(task));
  switch (stage.on_breach) {
    case null:
    case 'notify':
      return SETTLED;
    case 'auto_approve':
      for (const task of pending) if (!task.required) decideByMonitor(draft, task, 'approve');
      return SETTLED;
    case 'auto_reject':
      if (pending[0]) decideByMonitor(draft, pending[0], 'reject');
      return { kind: 'rejected', reason: 'sla_breached' };
    case 'escalate':
      progress.escalation = 'due';
      return withNeeds(escalate(draft, stage, progress));
  }
}

/**
 * Asks more people. When they cannot be looked up it is tried again later, and meanwhile nothing else changes. A required
 * rule that finds nobody leaves the stage as it was: the others must not pass it without the person that was meant.
 * Seats that are here already may have to sign from now on, also after their vote: the caller lets the stage settle.
 */
export function escalate(draft: Draft, stage: Stage, progress: StageProgress): Needs | null {
  const present = tasksOf(draft, stage).filter((task) => task.status !== 'reassigned');
  const seated = new Set(present.map((task) => task.assignee));
  const seating = resolve(draft, stage, present, seated);
  if (seating.kind === 'needs') return seating.needs;
  if (seating.kind === 'failed') {
    const retry = scheduleRetry(draft, progress, seating.reason);
    emit(draft, {
      type: 'stage_activation_failed',
      stageOrder: stage.stage_order,
      payload: { ...retry, phase: 'escalation' },
    });
    return null;
  }
  const named = seating.requiredEmpty ? [] : seating.approvers;
  const approvers = named.filter((each) => !seated.has(each.assignee));
  const observers = seating.requiredEmpty ? [] : seating.observers.filter((user) => !seated.has(user));
  const attempt = progress.failures + 1;
  progress.escalation = 'done';
  progress.next_attempt_at = null;
  askPeople(draft, stage, { approvers, observers }, true);
  const required = named.filter((each) => each.required).map((each) => each.assignee);
  requireSeats(draft, present, required);
  emit(draft, {
    type: 'stage_escalated',
    stageOrder: stage.stage_order,
    payload: {
      added: approvers.map((each) => each.assignee),
      attempt,
      ...(required.length === 0 ? {} : { required_approvers: required }),
      ...(observers.length === 0 ? {} : { observers }),
    },
  });
  return null;
}

/** Whom the escalation rules name now. Observers of the stage keep the one task they have, so they cannot be asked. */
function resolve(draft: Draft, stage: Stage, present: readonly Task[], seated: ReadonlySet<string>): Seating {
  const observing = present.filter((task) => task.kind === 'observer').map((task) => task.assignee);
  const excluded = new Set([...excludedAt(draft, stage), ...observing]);
  return seat(stage.escalation_rules, draft.request.context, excluded, draft.people, seated);
}

/** Who sits here already gets no second task, but must have signed, or must sign: the mark is the seat's. */
function requireSeats(draft: Draft, present: readonly Task[], required: readonly string[]): void {
  for (const task of present) {
    if (task.kind !== 'approver' || task.required) continue;
    if (required.includes(task.assignee)) changeTask(draft, task, { required: true });
  }
}

function decideByMonitor(draft: Draft, task: Task, action: 'approve' | 'reject'): void {
  castVote(draft, task, { action, actor: SLA_MONITOR, comment: null, attachments_ref: null });
}

function withNeeds(needs: Needs | null): Breach {
  return needs ? { kind: 'needs', needs } : SETTLED;
}
