import { isDeepStrictEqual } from 'node:util';
import type { RequestOut } from '@awe/contract/requests';
import type { TaskOut } from '@awe/contract/tasks';
import type { TimelineEvent } from '@awe/engine/event';
import { bodyOf, describeCall, type RecordedCall } from '../load/recorded-call.ts';
import type { Causes } from './causes.ts';
import type { Ledger } from './ledger.ts';
import { endOf } from './order.ts';

/**
 * A read shows all that was acknowledged before it began, nothing whose call began after it had ended, and nothing that
 * is not in the ledger. `from` and `to` number the events that it may have been the last to see.
 */
export function readFaults(calls: readonly RecordedCall[], ledger: Ledger, causes: Causes): string[] {
  const reads = calls.filter((call) => call.operation.startsWith('read') && call.answer !== null);
  return reads.flatMap((call) => {
    const status = call.answer?.status ?? 0;
    if (status >= 500) return [];
    const timeline = ledger.timelines.get(call.target);
    if (status !== 200 || timeline === undefined)
      return [`${describeCall(call)} found nothing of a request that was acknowledged.`];
    return looks(call, timeline, bounds(call, timeline, causes), ledger).map(
      (fault) => `${describeCall(call)} ${fault}.`,
    );
  });
}

type Bounds = { from: number; to: number };

function bounds(read: RecordedCall, timeline: readonly TimelineEvent[], causes: Causes): Bounds {
  let [from, to] = [1, timeline.length];
  for (const { id, sequence } of timeline.slice(1)) {
    const cause = causes.causeOf.get(id);
    if (cause === undefined) continue;
    if (endOf(cause) < read.start) from = Math.max(from, sequence);
    if (cause.start > read.end) to = Math.min(to, sequence - 1);
  }
  return { from, to };
}

function looks(read: RecordedCall, timeline: TimelineEvent[], within: Bounds, ledger: Ledger): string[] {
  switch (read.operation) {
    case 'read_events':
      return timelineFaults(bodyOf<TimelineEvent[]>(read), timeline, within);
    case 'read_request': {
      const { status } = bodyOf<RequestOut>(read);
      // An event tells the status after it.
      const possible = timeline.slice(within.from - 1, within.to).map((event) => event.payload.status);
      return possible.includes(status) ? [] : [`says ${status}, which then was ${[...new Set(possible)]}`];
    }
    default:
      return taskFaults(bodyOf<TaskOut[]>(read), timeline, within, ledger);
  }
}

function timelineFaults(told: TimelineEvent[], timeline: TimelineEvent[], { from, to }: Bounds): string[] {
  if (told.length < from) return [`shows ${told.length} events, and ${from} were acknowledged before`];
  if (told.length > to) return [`shows ${told.length} events, and only ${to} can have been there`];
  const other = told.findIndex((event, index) => !isDeepStrictEqual(event, timeline[index]));
  return other < 0 ? [] : [`shows an event ${other + 1} that is not the one in the ledger`];
}

/** What decisions and reassignments did to tasks, as far as it must be there, and no further than it may be. */
function taskFaults(
  told: TaskOut[],
  timeline: TimelineEvent[],
  { from, to }: Bounds,
  ledger: Ledger,
): string[] {
  const shown = new Map(told.map((task) => [task.id, task]));
  const unknown = told
    .filter(({ id }) => !ledger.tasks.has(id))
    .map(({ id }) => `shows task ${id}, which is not in the ledger`);
  const wrong = timeline.flatMap(({ sequence, event_type, payload }) => {
    if (event_type !== 'task_decided' && event_type !== 'task_reassigned') return [];
    const task = shown.get(String(payload.task_id));
    const status = event_type === 'task_decided' ? 'completed' : 'reassigned';
    if (sequence <= from && task?.status !== status)
      return [`shows task ${payload.task_id} as ${task?.status ?? 'missing'}, which was ${status} before`];
    if (sequence > to && task?.status === status)
      return [`shows task ${payload.task_id} as ${status} too early`];
    return [];
  });
  return [...unknown, ...wrong];
}
