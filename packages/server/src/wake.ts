import type { Changes } from '@awe/engine/draft';
import type { Instant } from '@awe/engine/instant';
import type { Dispatcher } from './webhooks/dispatcher.ts';

/** Those who have something to do after a commit. */
export type Workers = {
  dispatcher: Pick<Dispatcher, 'wake' | 'handover'>;
  deadlines: { expect: (at: Instant) => void };
};

/**
 * Wakes who has work after a commit. The replica that wrote the work does it, at once; for the others polling is
 * enough, because it only matters to them when this one dies (ADR 4).
 */
export function wakeAfter(changes: Changes, leaseEnd: Instant | null, workers: Workers): void {
  const { request, stages, events, addedTasks } = changes;
  workers.dispatcher.handover.take(changes, leaseEnd);
  if (leaseEnd === null && request.callback_url !== null && events.length > 0) workers.dispatcher.wake();
  const moments = [
    ...addedTasks.flatMap((task) => task.due_at ?? []),
    ...stages.flatMap((stage) => stage.next_attempt_at ?? []),
  ];
  const earliest = moments.sort()[0];
  if (earliest !== undefined) workers.deadlines.expect(earliest);
}
