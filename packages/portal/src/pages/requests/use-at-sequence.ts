import type { OperationName, OperationResult } from '@awe/contract/operations';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CallInput } from '../../api/call.ts';
import { invoke, operationKey } from '../../api/use-operation.ts';

/**
 * What an operation answers about a request whose timeline has `sequence` events: read anew whenever it has grown, and
 * meanwhile what was read before stays. `every`: milliseconds until it is read again although nothing was added.
 */
export function useAtSequence<Name extends OperationName>(
  name: Name,
  input: CallInput<Name>,
  sequence: number,
  every: (data: OperationResult<Name> | undefined) => number | false = () => false,
): UseQueryResult<OperationResult<Name>, Error> {
  return useQuery({
    queryKey: [...operationKey(name, input), sequence],
    queryFn: async ({ signal }) => (await invoke(name, input, signal)).data,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => every(state.data),
  });
}
