import {
  ACTIONS,
  type Action,
  type Approval,
  isEnded,
  type RequestStatus,
  type Task,
  type TaskStatus,
} from './approval.ts';
import type { EventType, TimelineEvent } from './event.ts';
import type { Instant } from './instant.ts';
import type { RuleKind } from './policy.ts';
import { isActive, nextStageStatus, type StageEvent, type StageStatus } from './stage-transition.ts';

/** Where one person stands at one stage. A seat given away stays as `reassigned`, unless it came back. */
export type SeatShape = { kind: RuleKind; required: boolean; status: TaskStatus; action: Action | null };

/** One stage that was reached. `needed` is 0 until it opens; `seats` are keyed by assignee. */
export type StageShape = { status: StageStatus; needed: number; seats: Map<string, SeatShape> };

/** What a timeline says about a request, and no more: ids and due times are not told. `stages` are keyed by order. */
export type ApprovalShape = {
  status: RequestStatus;
  current_stage_order: number;
  sequence: number;
  completed_at: Instant | null;
  stages: Map<number, StageShape>;
};

/** The part of a timeline event that replaying reads; events as the API serves them have it too. */
export type ToldEvent = Pick<TimelineEvent, 'sequence' | 'event_type' | 'payload' | 'created_at'>;

/**
 * The state that a whole timeline, oldest event first, implies. For the events of one request it is deeply equal to
 * {@link projection} of its approval. Throws on a timeline that no run of the engine can have written: a gap in the
 * sequence, an event after the end, a second vote, a stage that moves where it cannot. The message names the event.
 */
export function replay(events: readonly ToldEvent[]): ApprovalShape {
  const shape: ApprovalShape = {
    status: 'pending',
    current_stage_order: 0,
    sequence: 0,
    completed_at: null,
    stages: new Map(),
  };
  for (const event of events) {
    try {
      if (event.sequence !== shape.sequence + 1) throw new Error(`follows event ${shape.sequence}`);
      if (isEnded(shape.status)) throw new Error(`comes after the request was ${shape.status}`);
      if ((event.event_type === 'request_created') !== (event.sequence === 1))
        throw new Error('a timeline starts with its one request_created');
      shape.sequence = event.sequence;
      TOLD[event.event_type](shape, event);
      checkStatus(shape, event);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`impossible timeline at event ${event.sequence} (${event.event_type}): ${why}`);
    }
  }
  return shape;
}

/** An approval as its timeline tells it; the counterpart of {@link replay}. Stages that were not reached are left out. */
export function projection(approval: Approval): ApprovalShape {
  const { status, current_stage_order, sequence, completed_at } = approval.request;
  const stages = new Map<number, StageShape>();
  for (const stage of approval.stages) {
    if (stage.status === 'waiting') continue;
    stages.set(stage.stage_order, { status: stage.status, needed: stage.needed, seats: new Map() });
  }
  for (const task of approval.tasks) {
    const seats = stages.get(task.stage_order)?.seats;
    if (!seats)
      throw new Error(`task ${task.id} belongs to stage ${task.stage_order}, which was not reached`);
    const held = seats.get(task.assignee);
    if (!held || held.status === 'reassigned') seats.set(task.assignee, seatOf(task));
  }
  return { status, current_stage_order, sequence, completed_at, stages };
}

function seatOf({ kind, required, status, action }: Task): SeatShape {
  return { kind, required, status, action };
}

type Tell = (shape: ApprovalShape, event: ToldEvent) => void;

const TOLD: Record<EventType, Tell> = {
  request_created: () => {},
  stage_started: (shape, event) => {
    const stage = move(shape, orderOf(event), 'opened');
    const required = new Set(names(event, 'required_approvers'));
    stage.needed = number(event, 'needed');
    for (const user of names(event, 'approvers')) sit(stage, user, 'approver', required.has(user));
    for (const user of names(event, 'observers')) sit(stage, user, 'observer', false);
    followActive(shape);
  },
  stage_skipped: (shape, event) => {
    move(shape, orderOf(event), 'passed_over');
  },
  stage_activation_failed: (shape, event) => {
    if (event.payload.phase === 'escalation') {
      openStage(shape, event);
      return;
    }
    // Each failing stage of the group tells it, and each names the whole group.
    for (const order of numbers(event, 'waiting_stages')) move(shape, order, 'lookup_failed');
    followActive(shape);
  },
  stage_escalated: (shape, event) => {
    const stage = openStage(shape, event);
    const required = new Set(names(event, 'required_approvers'));
    requireSeats(stage, required);
    for (const user of names(event, 'added')) sit(stage, user, 'approver', required.has(user));
    for (const user of names(event, 'observers')) sit(stage, user, 'observer', false);
  },
  stage_completed: (shape, event) => {
    const approved = text(event, 'outcome') === 'approved';
    const stage = move(shape, orderOf(event), approved ? 'carried' : 'defeated');
    leaveOpenSeats(stage);
    if (approved) followActive(shape);
  },
  task_claimed: (shape, event) => {
    seatAt(shape, event, text(event, 'assignee'), ['open']).status = 'claimed';
  },
  task_expired: (shape, event) => {
    seatAt(shape, event, text(event, 'assignee'), ['open', 'claimed']).status = 'expired';
  },
  task_decided: (shape, event) => {
    const assignee = text(event, 'assignee');
    const seat = seatAt(shape, event, assignee, ['open', 'claimed', 'expired']);
    const action = ACTIONS.find((each) => each === event.payload.action);
    if (!action) throw new Error(`${assignee} decided ${JSON.stringify(event.payload.action)}`);
    seat.status = 'completed';
    seat.action = action;
  },
  task_reassigned: (shape, event) => {
    const seat = seatAt(shape, event, text(event, 'from'), ['open', 'claimed', 'expired']);
    const { kind, required } = seat;
    seat.status = 'reassigned';
    sit(openStage(shape, event), text(event, 'to'), kind, required);
  },
  request_approved: (shape, event) => {
    for (const [order, { status }] of shape.stages) {
      if (status !== 'approved' && status !== 'skipped') throw new Error(`stage ${order} is ${status}`);
    }
    end(shape, event, 'approved');
  },
  request_rejected: (shape, event) => {
    const order = orderOf(event);
    // A stage that is blocked before it opens completes nothing: the end of the request is all that tells it.
    if (shape.stages.get(order)?.status !== 'rejected') move(shape, order, 'blocked');
    end(shape, event, 'rejected');
  },
  request_cancelled: (shape, event) => end(shape, event, 'cancelled'),
};

function move(shape: ApprovalShape, order: number, event: StageEvent): StageShape {
  const stage = shape.stages.get(order) ?? { status: 'waiting', needed: 0, seats: new Map() };
  shape.stages.set(order, stage);
  stage.status = nextStageStatus(stage.status, event);
  return stage;
}

function sit(stage: StageShape, user: string, kind: RuleKind, required: boolean): void {
  const held = stage.seats.get(user);
  if (held && held.status !== 'reassigned') throw new Error(`${user} has a seat on this stage already`);
  stage.seats.set(user, { kind, required, status: 'open', action: null });
}

/** Seats that were here before and must have signed, or must sign. */
function requireSeats(stage: StageShape, required: ReadonlySet<string>): void {
  for (const user of required) {
    const seat = stage.seats.get(user);
    if (seat?.kind === 'approver' && seat.status !== 'reassigned') seat.required = true;
  }
}

function openStage(shape: ApprovalShape, event: ToldEvent): StageShape {
  const order = orderOf(event);
  const stage = shape.stages.get(order);
  if (stage?.status !== 'open') throw new Error(`stage ${order} is ${stage?.status ?? 'waiting'}, not open`);
  return stage;
}

function seatAt(shape: ApprovalShape, event: ToldEvent, user: string, allowed: TaskStatus[]): SeatShape {
  const stage = openStage(shape, event);
  const seat = stage.seats.get(user);
  if (!seat) throw new Error(`${user} has no seat on stage ${orderOf(event)}`);
  if (seat.action !== null) throw new Error(`${user} has decided on stage ${orderOf(event)} already`);
  if (!allowed.includes(seat.status)) throw new Error(`the task of ${user} is ${seat.status}`);
  return seat;
}

function leaveOpenSeats(stage: StageShape): void {
  for (const seat of stage.seats.values()) {
    if (seat.status === 'open' || seat.status === 'claimed') seat.status = 'skipped';
  }
}

/** The lowest active stage is the current one; when none is, the last one stays it. */
function followActive(shape: ApprovalShape): void {
  const active = [...shape.stages].filter(([, { status }]) => isActive(status)).map(([order]) => order);
  if (active.length > 0) shape.current_stage_order = Math.min(...active);
}

function end(shape: ApprovalShape, event: ToldEvent, status: RequestStatus): void {
  shape.status = status;
  shape.completed_at = event.created_at;
  for (const order of shape.stages.keys()) {
    leaveOpenSeats(move(shape, order, 'request_ended'));
  }
}

/** The event tells the status it leads to. Only a request that has not ended may take it from there. */
function checkStatus(shape: ApprovalShape, event: ToldEvent): void {
  const told = text(event, 'status');
  if (isEnded(shape.status) || shape.status === told) {
    if (shape.status !== told) throw new Error(`says the request is ${told}, but it is ${shape.status}`);
  } else if (shape.status === 'pending' && told === 'in_review') shape.status = told;
  else throw new Error(`says the request is ${told}, after ${shape.status}`);
}

function orderOf(event: ToldEvent): number {
  return number(event, 'stage_order');
}

function number(event: ToldEvent, name: string): number {
  const value = event.payload[name];
  if (typeof value !== 'number') throw new Error(`its payload has no number ${name}`);
  return value;
}

function text(event: ToldEvent, name: string): string {
  const value = event.payload[name];
  if (typeof value !== 'string') throw new Error(`its payload has no text ${name}`);
  return value;
}

/** A list that is not there is empty: the engine leaves out what says nothing. */
function list(event: ToldEvent, name: string) {
  const value = event.payload[name] ?? [];
  if (!Array.isArray(value)) throw new Error(`its payload has no list ${name}`);
  return value;
}

function names(event: ToldEvent, name: string): string[] {
  return list(event, name).map(String);
}

function numbers(event: ToldEvent, name: string): number[] {
  return list(event, name).map(Number);
}
