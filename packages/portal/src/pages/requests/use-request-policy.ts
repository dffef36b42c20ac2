import type { PolicyOut } from '@awe/contract/policies';
import type { RequestOut } from '@awe/contract/requests';
import type { UseQueryResult } from '@tanstack/react-query';
import { useOperation } from '../../api/use-operation.ts';
import { useMay } from '../../session/may.tsx';

/** The policy version that governs a request; never read for those who may not. */
export function useRequestPolicy({
  policy_key,
  policy_version,
}: Pick<RequestOut, 'policy_key' | 'policy_version'>): UseQueryResult<PolicyOut, Error> {
  const enabled = useMay('getVersion');
  return useOperation('getVersion', { params: { policy_key, version: policy_version } }, { enabled });
}
