import type { CreateRequestOut } from '@awe/contract/requests';
import type { TaskOut } from '@awe/contract/tasks';
import { bodyOf, type Move, outcomeOf, type RecordedCall } from './recorded-call.ts';

export type KnownTask = Pick<TaskOut, 'id' | 'request_id' | 'assignee'>;

/** What the clients of a load have learnt from the answers, shared among them so that they get in each other's way. */
export type Notebook = {
  /** Ids of requests, oldest first. */
  requests: string[];
  /** Tasks that may still be open. */
  open: KnownTask[];
  /** Tasks that were open once. */
  done: KnownTask[];
  /** Creations under a key whose answer did not come: to be repeated as they were. */
  unsettled: Move[];
  /** Creations under a key that were answered. */
  settled: Move[];
  learn: (move: Move, call: RecordedCall) => void;
};

/** Enough to meet on, few enough to meet. */
const KEPT = 40;

export function openNotebook(): Notebook {
  const seen = new Set<string>();
  const notebook: Notebook = { requests: [], open: [], done: [], unsettled: [], settled: [], learn };

  function note(tasks: readonly TaskOut[]): void {
    for (const { id, request_id, assignee, status } of tasks) {
      if (status === 'open' && !seen.has(id)) notebook.open.push({ id, request_id, assignee });
      seen.add(id);
    }
    notebook.open.splice(0, notebook.open.length - 3 * KEPT);
  }

  function close(taskId: string): void {
    const index = notebook.open.findIndex(({ id }) => id === taskId);
    if (index < 0) return;
    notebook.done.push(...notebook.open.splice(index, 1));
    notebook.done.splice(0, notebook.done.length - KEPT);
  }

  function learn(move: Move, call: RecordedCall): void {
    const outcome = outcomeOf(call);
    if (move.operation === 'create' && move.key !== null) {
      if (outcome === 'unknown') notebook.unsettled.push(move);
      else if (outcome === 'acknowledged') notebook.settled.push(move);
      notebook.settled.splice(0, notebook.settled.length - KEPT);
    }
    const over = outcome === 'acknowledged' || call.answer?.status === 409;
    if (move.operation === 'decide' && over) close(move.target);
    if (outcome !== 'acknowledged') return;
    if (move.operation === 'create') {
      const { request_id, tasks = [] } = bodyOf<CreateRequestOut>(call);
      notebook.requests.push(request_id);
      notebook.requests.splice(0, notebook.requests.length - KEPT);
      note(tasks);
    }
    if (move.operation === 'reassign') note([bodyOf<TaskOut>(call)]);
    if (move.operation === 'read_tasks') note(bodyOf<TaskOut[]>(call));
  }

  return notebook;
}
