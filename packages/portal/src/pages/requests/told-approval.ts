import type { EventOut } from '@awe/contract/requests';
import type { TaskOut } from '@awe/contract/tasks';
import {
  type Action,
  SLA_MONITOR,
  type StageProgress,
  type Task,
  type TaskStatus,
} from '@awe/engine/approval';
import type { EventType } from '@awe/engine/event';
import type { Policy, RuleKind, Stage } from '@awe/engine/policy';
import { type ApprovalShape, replay } from '@awe/engine/replay';
import type { Told } from './use-approval.ts';

/** A task with what the timeline tells of its decision. */
export type Seat = Task & { comment: string | null; late: boolean };

/** Why a stage waits for its people. `reason` null: another stage of its group could not find its own. */
export type LookupFailure = {
  phase: 'activation' | 'escalation';
  reason: string | null;
  attempt: number;
  nextAttemptAt: string | null;
};

/** One stage as it stands. `ended` is why it was passed over or defeated. */
export type StageView = {
  stage: Stage;
  progress: StageProgress;
  seats: Seat[];
  lookup: LookupFailure | null;
  ended: string | null;
};

/**
 * The stages of `policy` with their people, from what the service tells: the engine replays the timeline, and tasks add
 * times. Throws what the engine throws when no run of it can have written the timeline.
 */
export function toldApproval({ tasks, events }: Told, policy: Policy): StageView[] {
  const shape = replay(
    events.map((event, index) => ({
      ...event,
      sequence: event.sequence ?? index + 1,
      event_type: event.event_type as EventType,
    })),
  );
  const decided = new Map(
    events
      .filter(({ event_type }) => event_type === 'task_decided')
      .map((event) => [event.payload.task_id, event]),
  );
  return policy.stages.map((stage) => {
    const own = events.filter(({ payload }) => payload.stage_order === stage.stage_order);
    const escalated = escalatedTo(own);
    const seats = tasks
      .filter(({ stage_order }) => stage_order === stage.stage_order)
      .map((task) => seatOf(task, shape, decided.get(task.id), escalated))
      .sort((a, b) => Number(b.required) - Number(a.required) || (a.id < b.id ? -1 : 1));
    const lookup = lookupOf(stage, shape, own, events);
    return { stage, seats, lookup, progress: progressOf(stage, shape, own, lookup), ended: endOf(own) };
  });
}

function seatOf(
  task: TaskOut,
  shape: ApprovalShape,
  decision: EventOut | undefined,
  escalated: Set<string>,
): Seat {
  const held = shape.stages.get(task.stage_order)?.seats.get(task.assignee);
  const isGivenAway = task.status === 'reassigned';
  const { action, actor, comment, late } = decision?.payload ?? {};
  return {
    id: task.id,
    request_id: task.request_id,
    stage_id: task.stage_id,
    stage_order: task.stage_order,
    assignee: task.assignee,
    kind: (task.kind ?? 'approver') as RuleKind,
    required: !isGivenAway && (held?.required ?? false),
    escalated: escalated.has(task.assignee),
    delegated_from: task.delegated_from ?? null,
    reassigned_from: task.reassigned_from ?? null,
    // The timeline may have been read a moment after the tasks.
    status: decision ? 'completed' : (task.status as TaskStatus),
    action: (action as Action | undefined) ?? null,
    decided_by: typeof actor === 'string' ? actor : null,
    decision_id: task.decision_id ?? null,
    claimed_at: task.claimed_at ?? null,
    completed_at: task.completed_at ?? decision?.created_at ?? null,
    due_at: task.due_at ?? null,
    created_at: task.created_at,
    comment: typeof comment === 'string' ? comment : null,
    late: late === true,
  };
}

/** Whoever was asked by escalation, and whoever has such a seat since. */
function escalatedTo(events: readonly EventOut[]): Set<string> {
  const people = new Set<string>();
  for (const { event_type, payload } of events) {
    if (event_type === 'stage_escalated') for (const each of namesIn(payload.added)) people.add(each);
    if (event_type === 'task_reassigned' && people.has(String(payload.from))) people.add(String(payload.to));
  }
  return people;
}

function lookupOf(
  stage: Stage,
  shape: ApprovalShape,
  own: readonly EventOut[],
  all: readonly EventOut[],
): LookupFailure | null {
  const status = shape.stages.get(stage.stage_order)?.status;
  const last = own.findLast(({ event_type }) => /^stage_(activation_failed|escalated)$/.test(event_type));
  const isFailing = last?.event_type === 'stage_activation_failed';
  if (status === 'open' && isFailing && last.payload.phase === 'escalation') return failureOf(last);
  if (status !== 'activating') return null;
  if (isFailing) return failureOf(last);
  const sibling = all.findLast(({ event_type }) => event_type === 'stage_activation_failed');
  return sibling ? { ...failureOf(sibling), reason: null } : null;
}

function failureOf({ payload }: EventOut): LookupFailure {
  return {
    phase: payload.phase === 'escalation' ? 'escalation' : 'activation',
    reason: String(payload.reason),
    attempt: Number(payload.attempt),
    nextAttemptAt: typeof payload.next_attempt_at === 'string' ? payload.next_attempt_at : null,
  };
}

function progressOf(
  { id, stage_order }: Stage,
  shape: ApprovalShape,
  own: readonly EventOut[],
  lookup: LookupFailure | null,
): StageProgress {
  const told = shape.stages.get(stage_order);
  const started = own.find(({ event_type }) => event_type === 'stage_started');
  const hasEscalated = own.some(({ event_type }) => event_type === 'stage_escalated');
  return {
    stage_id: id,
    stage_order,
    status: told?.status ?? 'waiting',
    needed: told?.needed ?? 0,
    asked: namesIn(started?.payload.approvers).length,
    breached_at: null,
    escalation: lookup?.phase === 'escalation' ? 'due' : hasEscalated ? 'done' : 'none',
    failures: lookup?.attempt ?? 0,
    next_attempt_at: lookup?.nextAttemptAt ?? null,
  };
}

function endOf(own: readonly EventOut[]): string | null {
  const told = own.findLast(({ event_type }) =>
    ['stage_completed', 'stage_skipped', 'request_rejected'].includes(event_type),
  );
  return typeof told?.payload.reason === 'string' ? told.payload.reason : null;
}

/** A list of people in a payload; what is not there is empty. */
export function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The time limit decides for people who did not. */
export function isMonitor(actor: string | null): boolean {
  return actor === SLA_MONITOR;
}
