import type { EventPayloads, Payload } from '../event-payloads.ts';
import { WebhookRefused } from './refused.ts';

/** The events that are sent by webhook; the others are in the timeline only. */
export type WebhookEventType =
  | 'request_created'
  | 'stage_started'
  | 'stage_completed'
  | 'request_approved'
  | 'request_rejected'
  | 'request_cancelled'
  | 'task_expired';

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
  [Each in Type]: EventFacts & Readonly<{ event_type: Each; data: Payload<EventPayloads[Each]> }>;
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
