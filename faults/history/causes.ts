import { SLA_MONITOR } from '@awe/engine/approval';
import type { TimelineEvent } from '@awe/engine/event';
import { outcomeOf, type RecordedCall } from '../load/recorded-call.ts';
import type { Ledger } from './ledger.ts';

/**
 * Which call wrote which event. `eventOf` is by the call's id; `causeless` are events that only a call can have written,
 * and none did that was not refused.
 */
export type Causes = {
  eventOf: Map<number, TimelineEvent>;
  causeOf: Map<string, RecordedCall>;
  causeless: TimelineEvent[];
};

/**
 * Each call writes one event at most, and each event is one call's. A call is told by the words it alone used: the
 * artifact of a creation, the comment of a decision, the reason of a reassignment or a cancellation. A claim has none, and
 * is told by task and person, of which there can be only one.
 */
export function findCauses(calls: readonly RecordedCall[], ledger: Ledger): Causes {
  const able = calls.filter((call) => outcomeOf(call) !== 'refused');
  // What was acknowledged comes first: it must have written something, the others only may have.
  const sorted = [...able].sort((a, b) => rank(a) - rank(b) || a.end - b.end);
  const byMark = Map.groupBy(sorted, markOfCall);
  const causes: Causes = { eventOf: new Map(), causeOf: new Map(), causeless: [] };
  for (const event of [...ledger.timelines.values()].flat()) {
    const mark = markOfEvent(event, ledger);
    if (mark === null) continue;
    const cause = byMark.get(mark)?.find((call) => !causes.eventOf.has(call.id));
    if (cause === undefined) causes.causeless.push(event);
    else {
      causes.eventOf.set(cause.id, event);
      causes.causeOf.set(event.id, cause);
    }
  }
  return causes;
}

function rank(call: RecordedCall): number {
  return outcomeOf(call) === 'acknowledged' ? 0 : 1;
}

function mark(...parts: unknown[]): string {
  return JSON.stringify(parts);
}

function markOfCall({ operation, actor, target, body }: RecordedCall): string | null {
  switch (operation) {
    case 'create':
      return mark('request_created', actor, body?.artifact_id);
    case 'claim':
      return mark('task_claimed', actor, target);
    case 'decide':
      return mark('task_decided', actor, target, body?.action, body?.comment);
    case 'reassign':
      return mark('task_reassigned', actor, target, body?.new_assignee, body?.reason);
    case 'cancel':
      return mark('request_cancelled', actor, target, body?.reason);
    default:
      return null;
  }
}

/** Null: the engine's own, in the wake of something else or of time. */
function markOfEvent({ event_type, request_id, payload, actor }: TimelineEvent, ledger: Ledger) {
  switch (event_type) {
    case 'request_created':
      return mark(event_type, ledger.requests.get(request_id)?.source_service, payload.artifact_id);
    case 'task_claimed':
      return mark(event_type, actor, payload.task_id);
    case 'task_decided':
      if (actor === SLA_MONITOR) return null;
      return mark(event_type, actor, payload.task_id, payload.action, payload.comment);
    case 'task_reassigned':
      return mark(event_type, actor, payload.task_id, payload.to, payload.reason);
    case 'request_cancelled':
      return mark(event_type, actor, request_id, payload.reason);
    default:
      return null;
  }
}
