import type { EventOut } from '@awe/contract/requests';
import type { EventType } from '@awe/engine/event';
import { type ApprovalShape, replay, type StageShape } from '@awe/engine/replay';

/** What the timeline of a request tells everybody who was asked; approvers may not read its policy. */
export type ToldRequest = {
  artifactType: string;
  artifactId: string;
  requester: string | null;
  stages: readonly ToldStage[];
};

/** A stage that was reached. `shape` null: the timeline cannot be followed. */
export type ToldStage = { order: number; name: string; shape: StageShape | null };

/** Null when there is no timeline any more. */
export function toldRequest(events: readonly EventOut[]): ToldRequest | null {
  const [created] = events;
  if (created === undefined) return null;
  const { artifact_type, artifact_id, requester } = created.payload;
  const shape = followed(events);
  const started = events.filter(({ event_type }) => event_type === 'stage_started');
  return {
    artifactType: String(artifact_type),
    artifactId: String(artifact_id),
    requester: typeof requester === 'string' ? requester : null,
    stages: started.map(({ payload: { stage_order, name } }) => ({
      order: Number(stage_order),
      name: String(name ?? ''),
      shape: shape?.stages.get(Number(stage_order)) ?? null,
    })),
  };
}

/** Whether a task of that stage can still be decided; so it is unless the timeline says otherwise. */
export function isDecidable(events: readonly EventOut[], stageOrder: number): boolean {
  const shape = toldRequest(events)?.stages.find(({ order }) => order === stageOrder)?.shape;
  return shape ? shape.status === 'open' : events.length > 0;
}

/** Whoever has to decide is not kept from it by a timeline with a fault: the page of the request tells of that. */
function followed(events: readonly EventOut[]): ApprovalShape | null {
  try {
    return replay(
      events.map((event, index) => ({
        ...event,
        sequence: event.sequence ?? index + 1,
        event_type: event.event_type as EventType,
      })),
    );
  } catch {
    return null;
  }
}
