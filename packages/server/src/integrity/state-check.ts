import { isDeepStrictEqual } from 'node:util';
import type { Decision } from '@awe/engine/approval';
import { type ApprovalShape, projection, replay } from '@awe/engine/replay';
import type { LinkedEvent, RequestLine } from './export-line.ts';
import { type Fault, said } from './fault.ts';

const SCALARS = ['status', 'current_stage_order', 'completed_at'] as const;

/** Whether the state of a request, which no link covers, is the one that its timeline leads to. */
export function checkState(line: RequestLine): Fault[] {
  return [...checkReplay(line), ...checkTasks(line), ...checkDecisions(line), ...checkDeliveries(line)];
}

function checkReplay({ request, stages, tasks, events }: RequestLine): Fault[] {
  let told: ApprovalShape;
  try {
    told = replay(events);
  } catch (error) {
    return [{ place: 'timeline', message: said(error) }];
  }
  let stored: ApprovalShape;
  try {
    stored = projection({ request, stages, tasks });
  } catch (error) {
    return [{ place: 'tasks', message: said(error) }];
  }
  const newest = events.at(-1)?.created_at;
  const updated =
    newest === undefined || newest === request.updated_at
      ? []
      : [{ place: 'updated_at', message: `is ${request.updated_at}, and the newest event is of ${newest}` }];
  const scalars = SCALARS.filter((name) => told[name] !== stored[name]).map((name) => ({
    place: name,
    message: `is ${JSON.stringify(stored[name])}, and the timeline leads to ${JSON.stringify(told[name])}`,
  }));
  const orders = new Set([...told.stages.keys(), ...stored.stages.keys()]);
  const differing = [...orders].filter(
    (order) => !isDeepStrictEqual(told.stages.get(order), stored.stages.get(order)),
  );
  return [
    ...scalars,
    ...updated,
    ...differing.map((order) => ({
      place: `stage ${order}`,
      message: 'it, or a task of it, is not as the timeline tells',
    })),
  ];
}

/** What an event tells of a decision; comment and attachments only where there are any. */
function asTold({
  id: decision_id,
  request_id,
  actor,
  action,
  comment,
  attachments_ref,
  stage_order,
  created_at,
}: Decision) {
  return { decision_id, request_id, actor, action, comment, attachments_ref, stage_order, created_at };
}

function checkTasks({ request, tasks, decisions }: RequestLine): Fault[] {
  const made = new Map(decisions.map((decision) => [decision.task_id, decision]));
  return tasks.flatMap(({ id, request_id, decision_id, decided_by, completed_at }) => {
    const decision = made.get(id);
    const named = [request_id, decision_id, decided_by, completed_at];
    const is = [request.id, decision?.id ?? null, decision?.actor ?? null, decision?.created_at ?? null];
    return isDeepStrictEqual(named, is)
      ? []
      : [{ place: `task ${id}`, message: 'names another request or decision than its own' }];
  });
}

function checkDecisions({ decisions, events }: RequestLine): Fault[] {
  const told = new Map(
    events
      .filter((event) => event.event_type === 'task_decided')
      .map((event) => [String(event.payload.task_id), event]),
  );
  const faults: Fault[] = [];
  for (const decision of decisions) {
    const place = `decision ${decision.id}`;
    const event = told.get(decision.task_id);
    told.delete(decision.task_id);
    if (!event) faults.push({ place, message: 'is not in the timeline' });
    else if (!isDeepStrictEqual(asTold(decision), toldIn(event, decision))) {
      faults.push({ place, message: `is not what event ${event.sequence} tells` });
    }
  }
  for (const { sequence } of told.values()) {
    faults.push({ place: `event ${sequence}`, message: 'tells of a decision that is not there' });
  }
  return faults;
}

/** Events that were written before there were links did not tell of attachments. */
function toldIn({ payload, request_id, created_at, hash }: LinkedEvent, decision: Decision) {
  const untold = hash === null ? decision.attachments_ref : null;
  const { decision_id, actor, action, comment = null, attachments_ref = untold, stage_order } = payload;
  return { decision_id, request_id, actor, action, comment, attachments_ref, stage_order, created_at };
}

function checkDeliveries({ request, deliveries, events }: RequestLine): Fault[] {
  return deliveries.flatMap(({ id, request_id, sequence, event_type }) => {
    const event = events[sequence - 1];
    return event?.id === id && event.event_type === event_type && request_id === request.id
      ? []
      : [{ place: `delivery ${id}`, message: 'is not about an event of this timeline' }];
  });
}
