import type { EventPayloads, Payload } from './event-payloads.ts';
import type { components } from './generated/openapi.ts';

/** Everything that happens to a request. */
export type TimelineEventType = keyof EventPayloads;

/**
 * One line of a request's timeline, told apart by its `event_type`. The types name every event that this version knows; a
 * newer service may tell others, so let a `switch` have a `default`.
 */
export type TimelineEvent<Type extends TimelineEventType = TimelineEventType> = {
  [Each in Type]: Omit<components['schemas']['EventOut'], 'event_type' | 'payload'> & {
    event_type: Each;
    payload: Payload<EventPayloads[Each]>;
  };
}[Type];
