import type { EventOut } from '@awe/contract/requests';
import { useMemo } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { type ToldRequest, toldRequest } from './told-request.ts';

/** `told` undefined: not read yet; null: there is nothing to read, or it failed. */
export function useToldRequest(
  request_id: string,
  enabled = true,
): { told: ToldRequest | null | undefined; events: readonly EventOut[] } {
  const { data, isError } = useOperation('requestEvents', { params: { request_id } }, { enabled });
  const told = useMemo(() => (data ? toldRequest(data) : undefined), [data]);
  return { told: told === undefined && isError ? null : told, events: data ?? [] };
}
