import { WebhookRefused } from './refused.ts';

/** What is in the `data` of every event: its payload in the timeline. */
type Payload<More> = Readonly<
  {
    request_id: string;
    artifact_type: string;
    artifact_id: string;
    /** The status of the request after the event. */
    status: string;
    stage_order: number | null;
  } & More
>;

/** A service may have a reason that this version does not know. */
type OtherReason = string & Record<never, never>;

/** Why a stage was rejected, and with it the request; or why the request was, before anybody was asked. */
export type RejectionReason =
  | 'rejected_by_approver'
  | 'required_rejected'
  | 'required_abstained'
  | 'required_approver_unavailable'
  | 'no_effective_votes'
  | 'no_approvers_resolved'
  | 'quorum_unreachable'
  | 'sla_breached'
  | OtherReason;

type DataOf = {
  request_created: {
    policy_key: string;
    policy_version: number;
    requester: string | null;
    source_service: string;
  };
  stage_started: {
    name: string;
    mode: string;
    mode_value: number | null;
    /** How many approvals end the stage. */
    needed: number;
    /** The ids of those who were asked. */
    approvers: readonly string[];
    observers: readonly string[];
    required_approvers: readonly string[];
    /** Why `skip_if` could not be evaluated; the stage was then not skipped. */
    skip_if_error?: string;
  };
  stage_completed: { name: string; outcome: 'approved' | 'rejected'; reason?: RejectionReason };
  request_approved: {
    /** Only of a request that nobody was asked about. */
    reason?: 'no_stages' | 'all_stages_skipped' | OtherReason;
  };
  request_rejected: { reason: RejectionReason; actor?: string; skip_if_error?: string };
  request_cancelled: { actor: string; reason?: string; requested_by?: string };
  task_expired: { task_id: string; assignee: string; due_at: string };
};

/** The events that are sent by webhook. */
export type WebhookEventType = keyof DataOf;

/** What every webhook says. */
export type EventFacts = Readonly<{
  /** The same in every delivery of the event: handle each id once. */
  event_id: string;
  request_id: string;
  artifact_type: string;
  /** The owner's own id of the artifact. */
  artifact_id: string;
  /** The status of the request after the event. */
  status: string;
  /** The stage it concerns; null: none. */
  stage_order: number | null;
  /** Who caused it; null: no person did. */
  actor: string | null;
  /** When it happened, not when it was sent: UTC, ISO 8601. */
  occurred_at: string;
  /** Its number in the timeline of the request. Numbers are missing where events are not sent. */
  sequence: number;
}>;

/** The event of one type, with its `data`. */
export type EventOf<Type extends WebhookEventType> = {
  [Each in Type]: EventFacts & Readonly<{ event_type: Each; data: Payload<DataOf[Each]> }>;
}[Type];

/** Any event, told apart by its `event_type`. */
export type WebhookEvent = EventOf<WebhookEventType>;

/** An event of a type that this version of the package does not know, or that has no handler. */
export type OtherEvent = EventFacts &
  Readonly<{ event_type: string; data: Readonly<Record<string, unknown>> }>;

const TEXTS = [
  'event_id',
  'event_type',
  'request_id',
  'artifact_type',
  'artifact_id',
  'status',
  'occurred_at',
];

/**
 * The event in a body whose signature was found to be good.
 * @throws WebhookRefused `malformed_body`
 */
export function eventFrom(text: string): WebhookEvent {
  const body = parsed(text);
  const missing = TEXTS.filter((name) => typeof body[name] !== 'string');
  if (!Number.isInteger(body.sequence)) missing.push('sequence');
  if (!isObject(body.data)) missing.push('data');
  if (missing.length > 0)
    throw malformed(`${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`);
  return { stage_order: null, actor: null, ...body } as unknown as WebhookEvent;
}

function parsed(text: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw malformed('it is no JSON');
  }
  if (!isObject(body)) throw malformed('it is no JSON object');
  return body;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(what: string): WebhookRefused {
  return new WebhookRefused(
    'malformed_body',
    `The signature is good, but the body is no event of AWE: ${what}. Does something else sign with this secret?`,
  );
}
