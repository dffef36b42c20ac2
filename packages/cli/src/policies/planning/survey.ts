import type { PolicyOut, PolicyVersionOut } from '@awe/contract/policies';
import { type Definition, definitionOf, sameDefinition } from '../definition.ts';
import type { PolicyService } from '../policy-service.ts';

/** What the service has under one key: its versions, newest first, and the whole of those that matter for a plan. */
export type OnService = { versions: PolicyVersionOut[]; known: ReadonlyMap<number, PolicyOut> };

/** How many versions that are neither newest nor active are looked at for one that equals the file. */
const LOOK_BACK = 20;

/**
 * What the service has under the key of `wanted`, null when there is nothing. Fetches the newest version and the active
 * one and, where neither is what is wanted, older ones until one is: going back to it is better than a copy of it.
 */
export async function surveyPolicy(
  service: PolicyService,
  wanted: Definition,
  newest: PolicyOut | null,
): Promise<OnService | null> {
  if (newest === null) return null;
  const key = wanted.policy_key;
  const versions = await service.versions(key);
  const known = new Map([[newest.version, newest]]);
  const active = versions.find(({ status }) => status === 'active')?.version;
  const rest = versions.map(({ version }) => version).filter((version) => version !== active);
  for (const version of [...(active === undefined ? [] : [active]), ...rest.slice(0, LOOK_BACK)]) {
    if ([...known.values()].some((each) => sameDefinition(definitionOf(each), wanted))) {
      // The active one is always shown beside what takes its place.
      if (active === undefined || known.has(active)) break;
    }
    if (!known.has(version)) known.set(version, await service.version(key, version));
  }
  return { versions, known };
}
