import type { PolicyOut } from '@awe/contract/policies';

/** The policies that every word of `q` is somewhere in: in the name, the key or the artifact type. By name. */
export function matching(policies: readonly PolicyOut[], q: string): PolicyOut[] {
  const sought = q.toLocaleLowerCase().split(/\s+/);
  return policies
    .filter(({ name, policy_key, artifact_type }) => {
      const text = `${name} ${policy_key} ${artifact_type}`.toLocaleLowerCase();
      return sought.every((word) => text.includes(word));
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
