import type { OperationName, OperationResult } from '@awe/contract/operations';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type CallInput, call } from './call.ts';

/** What a query is kept under: invalidating `[name]` makes every call of that operation stale. */
export function operationKey<Name extends OperationName>(name: Name, input?: CallInput<Name>) {
  return [name, input ?? {}] as const;
}

/** What a call of a component is kept under, and whether and how often it is made. */
export type ReadOptions = {
  /** False: not yet. */
  enabled?: boolean;
  /** Milliseconds between calls while the page is looked at. */
  every?: number;
};

/** The answer to a reading operation, kept and shared by all components that ask the same. */
export function useOperation<Name extends OperationName>(
  name: Name,
  input: CallInput<Name>,
  { enabled = true, every }: ReadOptions = {},
): UseQueryResult<OperationResult<Name>, Error> {
  return useQuery({
    queryKey: operationKey(name, input),
    queryFn: async ({ signal }) => (await invoke(name, input, signal)).data,
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
  });
}

/** `call` for code that knows the operation only as a type parameter. */
export function invoke<Name extends OperationName>(name: Name, input: CallInput<Name>, signal?: AbortSignal) {
  return (call as (name: Name, input: object) => ReturnType<typeof call<Name>>)(name, {
    ...(input as object),
    ...(signal && { signal }),
  });
}
