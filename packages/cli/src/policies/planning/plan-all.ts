import type { PolicyFile } from '../policy-file.ts';
import type { PolicyService } from '../policy-service.ts';
import { type PolicyPlan, planPolicy } from './plan.ts';
import { surveyPolicy } from './survey.ts';

/** `unmanaged`: keys that the service has and no file speaks of. */
export type Plan = { policies: PolicyPlan[]; unmanaged: string[] };

/** Compares every file with the service; one call for all, and a few for each policy that is there; `told` hears of each. Throws `AweError`. */
export async function planAll(
  service: PolicyService,
  policies: readonly PolicyFile[],
  activate: boolean,
  told: () => void = () => {},
): Promise<Plan> {
  const newest = new Map((await service.list()).map((policy) => [policy.policy_key, policy]));
  const plans: PolicyPlan[] = [];
  for (const policy of policies) {
    const there = newest.get(policy.document.policy_key) ?? null;
    plans.push(await planOf(service, policy, there, activate));
    told();
  }
  const files = new Set(policies.map(({ document }) => document.policy_key));
  return { policies: plans, unmanaged: [...newest.keys()].filter((key) => !files.has(key)).sort() };
}

/** Compares one file with what is on the service at this moment. Throws `AweError`. */
export async function planAgain(
  service: PolicyService,
  policy: PolicyFile,
  activate: boolean,
): Promise<PolicyPlan> {
  const all = await service.list();
  const there = all.find(({ policy_key }) => policy_key === policy.document.policy_key) ?? null;
  return planOf(service, policy, there, activate);
}

async function planOf(
  service: PolicyService,
  policy: PolicyFile,
  newest: Parameters<typeof surveyPolicy>[2],
  activate: boolean,
): Promise<PolicyPlan> {
  return planPolicy(policy, await surveyPolicy(service, policy.definition, newest), activate);
}

/** Whether carrying the plan out would write anything. */
export function hasChanges({ policies }: Plan): boolean {
  return policies.some(({ action }) => action !== 'nothing');
}
