import {
  type Approval,
  type ApprovalRequest,
  type Decision,
  isOpen,
  type RequestStatus,
  type StageProgress,
  type Task,
} from './approval.ts';
import type { EventType, TimelineEvent } from './event.ts';
import type { Instant } from './instant.ts';
import type { People } from './people.ts';
import type { JsonObject, Policy, Stage } from './policy.ts';
import { nextStageStatus, type StageEvent } from './stage-transition.ts';

/** Everything a command needs that is not in the approval itself. `newId` gives a fresh UUID v7 at each call. */
export type World = { policy: Policy; people: People; now: Instant; newId: () => string };

/** What one command wrote: rows to insert or replace, and the events that tell it. `before` is 0 for a new request. */
export type Changes = {
  request: ApprovalRequest;
  /** The revision these changes were decided on; they may only be written on top of exactly that one. */
  before: number;
  stages: StageProgress[];
  addedTasks: Task[];
  changedTasks: Task[];
  decisions: Decision[];
  events: TimelineEvent[];
};

/**
 * The approval while one command works on it. It is the command's own copy: when people are missing or the command is
 * refused the draft is thrown away, and nothing has happened.
 */
export type Draft = World & {
  request: ApprovalRequest;
  stages: StageProgress[];
  tasks: Task[];
  before: number;
  added: Set<Task>;
  changed: Set<Task>;
  decisions: Decision[];
  events: TimelineEvent[];
};

export function openDraft(approval: Approval, world: World): Draft {
  return {
    ...world,
    request: { ...approval.request },
    stages: approval.stages.map((stage) => ({ ...stage })),
    tasks: approval.tasks.map((task) => ({ ...task })),
    before: approval.request.revision,
    added: new Set(),
    changed: new Set(),
    decisions: [],
    events: [],
  };
}

/** The draft as a change set, or null when the command changed nothing. */
export function closeDraft(draft: Draft): Changes | null {
  if (draft.events.length === 0) return null;
  draft.request.revision = draft.before + 1;
  draft.request.updated_at = draft.now;
  return {
    request: draft.request,
    before: draft.before,
    stages: draft.stages,
    addedTasks: [...draft.added],
    changedTasks: [...draft.changed].filter((task) => !draft.added.has(task)),
    decisions: draft.decisions,
    events: draft.events,
  };
}

export type EventDetail = {
  type: EventType;
  payload?: JsonObject;
  /** The stage the event is about; null: the request as a whole. */
  stageOrder: number | null;
  actor?: string | null;
};

/** Adds the next event of the timeline. Its status is the request's after what the command did so far. */
export function emit(draft: Draft, detail: EventDetail): void {
  const { request } = draft;
  request.sequence += 1;
  draft.events.push({
    id: draft.newId(),
    request_id: request.id,
    sequence: request.sequence,
    event_type: detail.type,
    payload: {
      request_id: request.id,
      artifact_type: request.artifact_type,
      artifact_id: request.artifact_id,
      status: request.status,
      stage_order: detail.stageOrder,
      ...detail.payload,
    },
    actor: detail.actor ?? null,
    created_at: draft.now,
  });
}

export function progressOf(draft: Draft, stage: Stage): StageProgress {
  let progress = draft.stages.find((each) => each.stage_id === stage.id);
  if (!progress) {
    progress = {
      stage_id: stage.id,
      stage_order: stage.stage_order,
      status: 'waiting',
      needed: 0,
      asked: 0,
      breached_at: null,
      escalation: 'none',
      failures: 0,
      next_attempt_at: null,
    };
    draft.stages.push(progress);
  }
  return progress;
}

export function stageOf(draft: Draft, stageId: string): Stage {
  const stage = draft.policy.stages.find((each) => each.id === stageId);
  if (!stage) throw new Error(`policy version ${draft.policy.id} has no stage ${stageId}`);
  return stage;
}

export function tasksOf(draft: Draft, stage: Stage): Task[] {
  return draft.tasks.filter((task) => task.stage_id === stage.id);
}

/** Moves a stage along its transition table; a stage that is no longer active waits for no retry. */
export function moveStage(draft: Draft, stage: Stage, event: StageEvent): StageProgress {
  const progress = progressOf(draft, stage);
  progress.status = nextStageStatus(progress.status, event);
  if (progress.status !== 'activating') {
    progress.next_attempt_at = null;
    progress.failures = 0;
  }
  return progress;
}

export function addTask(
  draft: Draft,
  task: Omit<Task, 'id' | 'request_id' | 'created_at' | TaskBlank>,
): Task {
  const added: Task = {
    ...task,
    id: draft.newId(),
    request_id: draft.request.id,
    status: 'open',
    action: null,
    decided_by: null,
    decision_id: null,
    claimed_at: null,
    completed_at: null,
    created_at: draft.now,
  };
  draft.tasks.push(added);
  draft.added.add(added);
  return added;
}

/** The person of the last decision in this command, or the monitor; null when nobody decided. */
export function deciderOf(draft: Draft): string | null {
  return draft.decisions.at(-1)?.actor ?? null;
}

type TaskBlank = 'status' | 'action' | 'decided_by' | 'decision_id' | 'claimed_at' | 'completed_at';

export function changeTask(draft: Draft, task: Task, change: Partial<Task>): void {
  Object.assign(task, change);
  draft.changed.add(task);
}

/** Nobody need act on these any more. Expired tasks keep saying that their SLA was missed. */
export function skipOpenTasks(draft: Draft, tasks: readonly Task[]): void {
  for (const task of tasks) {
    if (isOpen(task)) changeTask(draft, task, { status: 'skipped' });
  }
}

/** Ends the request: stages that still waited are cancelled, open tasks are skipped. The caller emits the event. */
export function endRequest(draft: Draft, status: RequestStatus): void {
  draft.request.status = status;
  draft.request.completed_at = draft.now;
  for (const progress of draft.stages) moveStage(draft, stageOf(draft, progress.stage_id), 'request_ended');
  skipOpenTasks(draft, draft.tasks);
}
