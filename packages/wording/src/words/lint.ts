import type { PolicyCreate } from '@awe/contract/policies';
import { lintPolicy, type WarningCode } from '@awe/engine/policy-lint';
import { validatePolicy } from '@awe/engine/policy-validation';
import { policyWords } from '../strings/words.ts';

/** What the author of a policy should look at again. `stage` is its name; null: the policy as a whole. */
export type Remark = { code: WarningCode; stage: string | null; text: string };

/** The remarks that activating it would answer with, by the engine’s own code; none for a policy that cannot work. */
export function remarksOn(policy: PolicyCreate): Remark[] {
  const validation = validatePolicy(policy);
  if (!validation.ok) return [];
  return lintPolicy(validation.stages).map(({ code, path }) => {
    const index = /^stages\[(\d+)\]/.exec(path)?.[1];
    const stage = index === undefined ? undefined : validation.stages[Number(index)];
    return { code, stage: stage?.name ?? null, text: policyWords.remarks[code] };
  });
}
