import type { EventType } from '@awe/engine/event';
import type { SourceCase, SourceEvent } from './source-case.ts';

/** What an event is about: a stage by its order, a task by its id; neither: the request as a whole. */
export type About = { stageOrder?: number; taskId?: string };

/** The timeline of the source, from which each event is taken once. */
export type Recorded = {
  /** The first event of this type about this, without taking it. */
  find: (type: EventType, about?: About) => SourceEvent | null;
  take: (type: EventType, about?: About) => SourceEvent | null;
  /** Those that nobody took. */
  rest: () => SourceEvent[];
};

export function recordedIn({ events }: SourceCase): Recorded {
  const left = new Set(events);
  const find: Recorded['find'] = (type, { stageOrder, taskId } = {}) => {
    const ofType = [...left].filter((each) => each.event_type === type);
    if (taskId !== undefined) return ofType.find((each) => each.payload.task_id === taskId) ?? null;
    if (stageOrder === undefined) return ofType[0] ?? null;
    return ofType.find((each) => each.payload.stage_order === stageOrder) ?? null;
  };
  return {
    find,
    take: (type, about) => {
      const event = find(type, about);
      if (event) left.delete(event);
      return event;
    },
    rest: () => [...left],
  };
}
