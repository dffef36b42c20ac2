import type { OperationName, OperationResult } from '@awe/contract/operations';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { CallInput } from './call.ts';
import { invoke, operationKey, type ReadOptions } from './use-operation.ts';

/** The operations that answer a list. */
export type ListName = {
  [Name in OperationName]: OperationResult<Name> extends readonly unknown[] ? Name : never;
}[OperationName];

export type RowOf<Name extends ListName> = OperationResult<Name> extends readonly (infer Row)[] ? Row : never;

/** A list of which the server gives page after page. */
export type Pages<Row> = {
  rows: readonly Row[];
  /** Nothing has come yet. */
  isPending: boolean;
  failure: Error | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
};

/** The pages of a list so far, newest first as the server sorts them. Operations without pages answer one. */
export function usePages<Name extends ListName>(
  name: Name,
  input: CallInput<Name>,
  { enabled = true, every }: ReadOptions = {},
): Pages<RowOf<Name>> {
  const pages = useInfiniteQuery({
    queryKey: [...operationKey(name, input), 'pages'],
    queryFn: async ({ pageParam, signal }) => {
      const { query } = input as { query?: object };
      const paged = { ...(input as object), query: { ...query, cursor: pageParam ?? undefined } };
      const { data, next } = await invoke(name, paged as CallInput<Name>, signal);
      return { rows: data as readonly unknown[] as readonly RowOf<Name>[], next };
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
  });
  return {
    rows: pages.data?.pages.flatMap(({ rows }) => rows) ?? [],
    isPending: pages.isPending,
    failure: pages.error,
    hasMore: pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    loadMore: () => void pages.fetchNextPage(),
    retry: () => void pages.refetch(),
  };
}
