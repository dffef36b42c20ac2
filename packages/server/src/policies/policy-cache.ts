import type { Policy, PolicyStatus } from '@awe/engine/policy';

/** Versions by id, for the engine. */
export type PolicyCache = { get(id: string): Promise<Policy> };

type Load = (id: string) => Promise<(Policy & { status: PolicyStatus }) | null>;

/**
 * Remembers the `capacity` versions used last. A version that was ever active never changes, so that what is remembered
 * needs no refresh; drafts, which do change, are never kept. Those who ask for one version at the same moment share one
 * load. `get` rejects for an id that no version has: requests refer to versions that exist.
 */
export function createPolicyCache(load: Load, capacity: number): PolicyCache {
  // A Map keeps the order of insertion, and with it that of last use.
  const kept = new Map<string, Policy>();
  const loading = new Map<string, Promise<Policy>>();

  function keep(id: string, policy: Policy): void {
    kept.delete(id);
    kept.set(id, policy);
    const oldest = kept.keys().next().value;
    if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
  }

  async function fetch(id: string): Promise<Policy> {
    const policy = await load(id);
    if (policy === null) throw new Error(`No policy version has the id ${id}.`);
    if (policy.status !== 'draft') keep(id, policy);
    return policy;
  }

  return {
    async get(id) {
      const policy = kept.get(id);
      if (policy !== undefined) {
        keep(id, policy);
        return policy;
      }
      const underWay = loading.get(id) ?? fetch(id).finally(() => loading.delete(id));
      loading.set(id, underWay);
      return underWay;
    },
  };
}
