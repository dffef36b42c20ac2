import type { EventType, TimelineEvent } from '@awe/engine/event';
import type { Instant } from '@awe/engine/instant';
import type { JsonObject } from '@awe/engine/policy';
import { derivedId } from './derived-id.ts';
import type { About, Recorded } from './recorded.ts';
import type { SourceCase, SourceEvent } from './source-case.ts';

/** One event to be told; `at`: when, unless the source recorded the event at another moment. */
export type Telling = {
  type: EventType;
  status: string;
  stageOrder: number | null;
  at: Instant;
  /** `at` is the moment in a row that the event must agree with, whatever was recorded. */
  isExact?: boolean;
  actor?: string | null;
  payload?: JsonObject;
  /** What to look for in the source's timeline. */
  about?: About;
};

export type Scribe = { tell: (telling: Telling) => TimelineEvent; events: () => TimelineEvent[] };

/**
 * Writes a timeline in the words of this engine. An event that the source recorded keeps its id, and its payload there
 * stands under `imported`; one that it did not is marked as reconstructed.
 */
export function scribeOf(source: SourceCase, recorded: Recorded): Scribe {
  const events: TimelineEvent[] = [];
  return {
    tell({ type, status, stageOrder, at, isExact = false, actor, payload = {}, about }) {
      const sequence = events.length + 1;
      const known = recorded.take(type, about ?? (stageOrder === null ? {} : { stageOrder }));
      const created_at = isExact ? at : (known?.created_at ?? at);
      const event: TimelineEvent = {
        id: known?.id ?? derivedId(`${source.id} ${sequence}`, Date.parse(created_at)),
        request_id: source.id,
        sequence,
        event_type: type,
        payload: {
          request_id: source.id,
          artifact_type: source.artifact_type,
          artifact_id: source.artifact_id,
          status,
          stage_order: stageOrder,
          ...payload,
          imported: known ? { payload: known.payload } : { reconstructed: true },
        },
        actor: actor ?? known?.actor ?? null,
        created_at,
      };
      events.push(event);
      return event;
    },
    events: () => events,
  };
}

/** As it stands in the payload of the first event, for what found no place in the timeline. */
export function asRecorded({ id, event_type, payload, actor, created_at }: SourceEvent): JsonObject {
  return { id, event_type, payload, actor, created_at };
}
