import type { EventOut, RequestOut } from '@awe/contract/requests';
import type { TaskOut } from '@awe/contract/tasks';
import { isEnded, type RequestStatus } from '@awe/engine/approval';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { invoke, operationKey } from '../../api/use-operation.ts';

/** What the service tells of one request. */
export type Told = { request: RequestOut; tasks: TaskOut[]; events: EventOut[] };

const EVERY_MS = 3_000;
const ROWS = 500;

/** A request with its tasks and timeline, read again every few seconds until it has ended, while somebody looks. */
export function useApproval(requestId: string): UseQueryResult<Told, Error> {
  const params = { request_id: requestId };
  return useQuery({
    queryKey: [...operationKey('getRequest', { params }), 'with tasks and events'],
    queryFn: async ({ signal }) => {
      // The request comes first: once it says that it has ended, what is read after it is final too.
      const { data: request } = await invoke('getRequest', { params }, signal);
      const [tasks, { data: events }] = await Promise.all([
        allTasks(requestId, signal),
        invoke('requestEvents', { params }, signal),
      ]);
      return { request, tasks, events };
    },
    // What cannot be read at all waits for somebody to try again; an outage in between passes by itself.
    refetchInterval: ({ state: { data } }) => (data === undefined || isOver(data) ? false : EVERY_MS),
  });
}

export function isOver(told: Told | undefined): boolean {
  return told !== undefined && isEnded(told.request.status as RequestStatus);
}

/** Votes are counted from all of them, so all pages are read. */
async function allTasks(request_id: string, signal: AbortSignal): Promise<TaskOut[]> {
  const tasks: TaskOut[] = [];
  let cursor: string | undefined;
  do {
    const query = { assignee: '*', request_id, limit: ROWS, cursor, status: undefined };
    const { data, next } = await invoke('listTasks', { query }, signal);
    tasks.push(...data);
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return tasks;
}
