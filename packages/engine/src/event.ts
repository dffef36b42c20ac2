import type { Instant } from './instant.ts';
import type { JsonObject } from './policy.ts';

export const EVENT_TYPES = [
  'request_created',
  'stage_started',
  'stage_completed',
  'stage_skipped',
  'stage_escalated',
  'stage_activation_failed',
  'task_claimed',
  'task_decided',
  'task_reassigned',
  'task_expired',
  'request_approved',
  'request_rejected',
  'request_cancelled',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** The events a caller is told about by webhook; the others stay in the timeline. */
export const WEBHOOK_EVENT_TYPES = [
  'request_created',
  'stage_started',
  'stage_completed',
  'request_approved',
  'request_rejected',
  'request_cancelled',
  'task_expired',
] as const satisfies readonly EventType[];

const DELIVERED: ReadonlySet<EventType> = new Set(WEBHOOK_EVENT_TYPES);

export function isDelivered(type: EventType): boolean {
  return DELIVERED.has(type);
}

/** One line of a request's timeline. `sequence` counts from 1 without gaps; `actor` is null when no one pressed a button. */
export type TimelineEvent = {
  id: string;
  request_id: string;
  sequence: number;
  event_type: EventType;
  payload: JsonObject;
  actor: string | null;
  created_at: Instant;
};
