import type { TaskOut } from '@awe/contract/tasks';
import { type QueryClient, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { invoke, operationKey } from '../../api/use-operation.ts';
import { isDecidable } from './told-request.ts';

/** The tasks that whoever is signed in can decide. `hasMore`: only the newest of them are here. */
export type WaitingTasks = { tasks: TaskOut[]; hasMore: boolean };

const EVERY_MS = 30_000;
/** As many as the service gives at once. */
const MOST_OPEN = 500;
/** Each of these asks for a timeline. */
const MOST_EXPIRED = 100;
/** Milliseconds in which a timeline is not read again to see whether its stage is still open. */
const KNOWN_MS = 60_000;

/** Reads them whole, because they are sorted here; again every half minute while somebody looks. */
export function useWaitingTasks(): UseQueryResult<WaitingTasks, Error> {
  const queries = useQueryClient();
  return useQuery({
    queryKey: [...operationKey('listTasks', {}), 'waiting'],
    queryFn: async ({ signal }) => {
      const page = (status: string, limit: number) =>
        invoke('listTasks', { query: mine(status, limit) }, signal);
      const [open, expired] = await Promise.all([
        page('open,claimed', MOST_OPEN),
        page('expired', MOST_EXPIRED),
      ]);
      const stillOpen = await Promise.all(expired.data.map((task) => isStageOpen(queries, task)));
      return {
        tasks: [...open.data, ...expired.data.filter((_, index) => stillOpen[index])],
        hasMore: open.next !== null || expired.next !== null,
      };
    },
    refetchInterval: EVERY_MS,
  });
}

function mine(status: string, limit: number) {
  return { assignee: 'me', status, limit, request_id: undefined, cursor: undefined };
}

/** A task stays expired when its stage ends, so its timeline has to be asked. One that cannot be read hides nothing. */
async function isStageOpen(queries: QueryClient, { request_id, stage_order }: TaskOut): Promise<boolean> {
  const input = { params: { request_id } };
  const events = queries.fetchQuery({
    queryKey: operationKey('requestEvents', input),
    queryFn: async ({ signal }) => (await invoke('requestEvents', input, signal)).data,
    staleTime: KNOWN_MS,
  });
  return events.then(
    (told) => isDecidable(told, stage_order),
    () => true,
  );
}
