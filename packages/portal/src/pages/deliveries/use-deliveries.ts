import type { DeliveryOut } from '@awe/contract/deliveries';
import { useEffect } from 'react';
import type { CallInput } from '../../api/call.ts';
import { type Pages, usePages } from '../../api/use-pages.ts';

/**
 * Deliveries that match. The service looks at a stretch of them for each page and may find none there while there are
 * more further back: until the first one is found, this goes on by itself.
 */
export function useDeliveries(query: NonNullable<CallInput<'listDeliveries'>['query']>): Pages<DeliveryOut> {
  const pages = usePages('listDeliveries', { query });
  const { rows, hasMore, isLoadingMore, failure, loadMore } = pages;
  const isSearching = rows.length === 0 && hasMore && failure === null;
  useEffect(() => {
    if (isSearching && !isLoadingMore) loadMore();
  }, [isSearching, isLoadingMore, loadMore]);
  return { ...pages, isPending: pages.isPending || isSearching };
}
