import type { PolicyCreate, PolicyOut } from '@awe/contract/policies';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../api/call.ts';
import { operationKey } from '../../../api/use-operation.ts';

/** What a save does: writes a new policy, a new version of one, or a draft anew. */
export function savingOf(base: PolicyOut | null): 'create' | 'next' | 'edit' {
  if (base === null) return 'create';
  return base.status === 'draft' ? 'edit' : 'next';
}

/** Saves a document in the place of `base`, or as the version after it; answers what is stored. */
export function useSaving(base: PolicyOut | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: PolicyCreate): Promise<PolicyOut> => {
      if (base === null) return (await call('createPolicy', { body })).data;
      const { policy_key, version, status } = base;
      return status === 'draft'
        ? (await call('editDraft', { params: { policy_key, version }, body })).data
        : (await call('addVersion', { params: { policy_key }, body })).data;
    },
    onSuccess: async (stored) => {
      const { policy_key, version } = stored;
      queries.setQueryData(operationKey('getVersion', { params: { policy_key, version } }), stored);
      await Promise.all(
        (['listPolicies', 'listVersions'] as const).map((name) =>
          queries.invalidateQueries({ queryKey: [name] }),
        ),
      );
    },
  });
}
