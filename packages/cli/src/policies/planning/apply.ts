import { AweError } from '@awe/client';
import { definitionOf, sameDefinition } from '../definition.ts';
import type { PolicyFile } from '../policy-file.ts';
import type { PolicyService, Written } from '../policy-service.ts';
import type { PolicyPlan } from './plan.ts';
import { planAgain } from './plan-all.ts';

export type Result =
  | 'created'
  | 'version_added'
  | 'draft_replaced'
  | 'activated'
  | 'unchanged'
  | 'failed'
  | 'not_tried';

/** What became of one policy. `error` is why it failed, or why it was not tried. */
export type Outcome = {
  policy_key: string;
  file: string;
  result: Result;
  version: number | null;
  /** Whether that version is the active one. */
  active: boolean;
  warnings: string[];
  /** `status` is that of the service's answer; 0 when there was none. */
  error: { code: string; status: number; message: string } | null;
};

/** How often a plan is made anew when somebody else was faster. */
const ATTEMPTS = 3;

/**
 * Carries out the plans, one after the other; `told` hears of each. One that fails does not keep the others from being
 * tried, unless the service is out of reach or refuses the caller: then nothing else can work either.
 */
export async function applyPlans(
  service: PolicyService,
  plans: readonly { policy: PolicyFile; plan: PolicyPlan }[],
  told: (outcome: Outcome) => Promise<void>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let stopped: Outcome['error'] = null;
  for (const { policy, plan } of plans) {
    const done: Done = stopped === null ? await carryOut(service, policy, plan) : ended('not_tried', stopped);
    const outcome = { policy_key: plan.policy_key, file: plan.file, ...done };
    if (done.error !== null && endsAll(done.error)) stopped = done.error;
    outcomes.push(outcome);
    await told(outcome);
  }
  return outcomes;
}

type Done = Omit<Outcome, 'policy_key' | 'file'>;

/** Plans anew, a few times, when what the plan was made for is not there any more. */
async function carryOut(service: PolicyService, policy: PolicyFile, first: PolicyPlan): Promise<Done> {
  try {
    let plan = first;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await oneAttempt(service, policy, plan);
      } catch (error) {
        if (!(error instanceof AweError) || !isOvertaken(error) || attempt === ATTEMPTS) throw error;
      }
      plan = await planAgain(service, policy, first.wants_active);
    }
  } catch (error) {
    if (!(error instanceof AweError)) throw error;
    return ended('failed', error);
  }
}

async function oneAttempt(service: PolicyService, policy: PolicyFile, plan: PolicyPlan): Promise<Done> {
  const { document } = policy;
  switch (plan.action) {
    case 'nothing':
      return { result: 'unchanged', version: plan.version, active: plan.active, warnings: [], error: null };
    case 'activate':
      return activated(service, policy, plan.version, 'activated');
    case 'create':
      return published(service, policy, plan, 'created', await service.create(document));
    case 'new_version':
      return published(service, policy, plan, 'version_added', await service.addVersion(document));
    case 'edit_draft':
      return published(
        service,
        policy,
        plan,
        'draft_replaced',
        await service.editDraft(plan.version, document),
      );
  }
}

async function published(
  service: PolicyService,
  policy: PolicyFile,
  { activates }: PolicyPlan,
  result: Result,
  { policy: written, warnings }: Written,
): Promise<Done> {
  const { version } = written;
  if (!activates) return { result, version, active: false, warnings, error: null };
  try {
    return await activated(service, policy, version, result);
  } catch (error) {
    if (!(error instanceof AweError)) throw error;
    const message = `Version ${version} was written, but not activated: ${error.message}`;
    return { ...ended('failed', { ...errorOf(error), message }), version };
  }
}

/** Between the plan and this moment somebody may have replaced the draft: then what is active is not what the file says. */
async function activated(
  service: PolicyService,
  { definition }: PolicyFile,
  version: number,
  result: Result,
): Promise<Done> {
  const { policy, warnings } = await service.activate(definition.policy_key, version);
  if (sameDefinition(definitionOf(policy), definition)) {
    return { result, version, active: true, warnings, error: null };
  }
  const message = `Version ${version} was replaced by somebody else just before it was activated, and is active as they wrote it. Apply again.`;
  return {
    result: 'failed',
    version,
    active: true,
    warnings,
    error: { code: 'OVERTAKEN', status: 200, message },
  };
}

function ended(result: 'failed' | 'not_tried', error: NonNullable<Outcome['error']>): Done {
  return { result, version: null, active: false, warnings: [], error: errorOf(error) };
}

function errorOf({ code, status, message }: NonNullable<Outcome['error']>): NonNullable<Outcome['error']> {
  return { code, status, message };
}

/** Somebody created the key, activated the draft, or took it away. */
function isOvertaken({ code, status }: AweError): boolean {
  return status === 409 || (status === 404 && code === 'AWE-001');
}

/** No answer, no service, no token or no right: the next policy would fare the same. */
function endsAll({ status }: { status: number }): boolean {
  return isOutOfReach(status) || status === 401 || status === 403;
}

/** Whether an answer with this status says that there is no service just now. */
export function isOutOfReach(status: number): boolean {
  return status === 0 || status >= 502;
}
