import type { OperationName } from '@awe/contract/operations';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Answer, CallInput } from './call.ts';
import { invoke } from './use-operation.ts';

/**
 * A writing operation: `mutate(input)`. When it is done, whatever was read by the operations in `refreshes` is read
 * again, and then `onDone` is called. Its failure stays in `error`, for a `FailureNotice` beside the form.
 */
export function useChange<Name extends OperationName>(
  name: Name,
  { refreshes, onDone }: { refreshes: readonly OperationName[]; onDone?: (answer: Answer<Name>) => void },
): UseMutationResult<Answer<Name>, Error, CallInput<Name>> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: CallInput<Name>) => invoke(name, input),
    onSuccess: async (answer) => {
      await Promise.all(refreshes.map((each) => queries.invalidateQueries({ queryKey: [each] })));
      onDone?.(answer);
    },
  });
}
