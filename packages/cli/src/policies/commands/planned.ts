import type { Context } from '../../context.ts';
import { type Plan, planAll } from '../planning/plan-all.ts';
import type { PolicyFile } from '../policy-file.ts';
import type { PolicyService } from '../policy-service.ts';

/** Compares files with the service, with a bar while it takes. Throws `AweError`. */
export async function planned(
  service: PolicyService,
  policies: readonly PolicyFile[],
  activate: boolean,
  { out }: Context,
): Promise<Plan> {
  const bar = await out.progress('Comparing', policies.length);
  return planAll(service, policies, activate, () => bar.advance(1)).finally(bar.done);
}
