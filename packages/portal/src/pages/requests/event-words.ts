import type { EventOut } from '@awe/contract/requests';
import { ACTIONS, type Action } from '@awe/engine/approval';
import type { EventType } from '@awe/engine/event';
import type { Tone } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import { reasonWords } from './reason-words.ts';
import { isMonitor, namesIn } from './told-approval.ts';

const told = t.requests.told;

type Payload = EventOut['payload'];
type Teller = (payload: Payload, stage: string, event: EventOut) => string;

const TELLERS: Readonly<Record<EventType, Teller>> = {
  request_created: (payload, _, { actor }) => told.request_created(text(payload.source_service ?? actor)),
  stage_started: ({ approvers, needed }, stage) =>
    told.stage_started(stage, namesIn(approvers), Number(needed)),
  stage_completed: ({ outcome }, stage) =>
    outcome === 'approved' ? told.stage_approved(stage) : told.stage_rejected(stage),
  stage_skipped: (_, stage) => told.stage_skipped(stage),
  stage_escalated: ({ added }, stage) => told.stage_escalated(stage, namesIn(added)),
  stage_activation_failed: (_, stage) => told.stage_activation_failed(stage),
  task_claimed: ({ assignee, actor }) => told.task_claimed(text(actor ?? assignee)),
  task_decided: (payload) => decision(payload),
  task_reassigned: ({ actor, from, to }) => told.task_reassigned(text(actor), text(from), text(to)),
  task_expired: ({ assignee }) => told.task_expired(text(assignee)),
  request_approved: () => told.request_approved,
  request_rejected: () => told.request_rejected,
  request_cancelled: ({ actor }, _, event) => told.request_cancelled(text(actor ?? event.actor)),
};

/** What happened, in a sentence; an event that is not known here is named as it came. */
export function eventWords(event: EventOut, stageName: (order: number) => string): string {
  const { event_type, payload } = event;
  if (!Object.hasOwn(TELLERS, event_type)) return event_type;
  const stage = typeof payload.stage_order === 'number' ? stageName(payload.stage_order) : '';
  return TELLERS[event_type as EventType](payload, stage, event);
}

/** What somebody said about it, or why it happened; null when nothing was said. */
export function eventNote({ event_type, payload }: EventOut): string | null {
  if (typeof payload.comment === 'string') return payload.comment;
  const by = typeof payload.requested_by === 'string' ? told.requestedBy(payload.requested_by) : '';
  const why = typeof payload.reason === 'string' ? reasonWords(payload.reason) : '';
  const note = [why, by].filter((each) => each !== '').join(' ');
  // The end of the request says the same as the end of its stage right before it.
  return note === '' || event_type === 'stage_completed' ? null : note;
}

/** The colour of what happened. */
export function eventTone({ event_type, payload }: EventOut): Tone {
  if (event_type === 'task_decided') return VOTE_TONES[payload.action as Action] ?? 'quiet';
  if (event_type === 'stage_completed') return payload.outcome === 'approved' ? 'good' : 'bad';
  return TONES[event_type] ?? 'quiet';
}

const VOTE_TONES: Readonly<Record<Action, Tone>> = { approve: 'good', reject: 'bad', abstain: 'quiet' };
const TONES: Readonly<Partial<Record<string, Tone>>> = {
  stage_started: 'info',
  stage_escalated: 'wait',
  stage_activation_failed: 'bad',
  task_expired: 'bad',
  request_approved: 'good',
  request_rejected: 'bad',
} satisfies Partial<Record<EventType, Tone>>;

function decision({ action, actor, on_behalf_of, late }: Payload): string {
  const known = ACTIONS.find((each) => each === action);
  const who = isMonitor(text(actor)) ? told.byMonitor : text(actor);
  const done = known ? told[known](who) : `${who}: ${text(action)}`;
  const whole = on_behalf_of === undefined ? done : told.onBehalf(done, text(on_behalf_of));
  return late === true ? told.late(whole) : whole;
}

function text(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : told.somebody;
}
