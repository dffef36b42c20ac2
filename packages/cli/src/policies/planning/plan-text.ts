import type { Paint } from '../../output/output.ts';
import { printable } from '../../output/printable.ts';
import type { Outcome } from './apply.ts';
import type { PolicyPlan } from './plan.ts';
import type { Plan } from './plan-all.ts';
import { unmanagedLine } from './plan-words.ts';

/** A plan as people read it: a line for each policy, what changes below it, and a sum at the end. */
export function planText({ policies, unmanaged }: Plan, paint: Paint, withUnmanaged: boolean): string {
  const changing = policies.filter(({ action }) => action !== 'nothing').length;
  const sum =
    changing === 0
      ? 'Nothing to do: the service has what the files say.'
      : `${changing} of ${policies.length} would change.`;
  return [
    ...policies.map((plan) => policyText(plan, paint)),
    ...(withUnmanaged && unmanaged.length > 0 ? [printable(unmanagedLine(unmanaged))] : []),
    sum,
  ].join('\n');
}

function policyText(plan: PolicyPlan, paint: Paint): string {
  const { policy_key, compared_with, changes, notes } = plan;
  const against =
    compared_with === null
      ? ''
      : ` (compared with version ${compared_with.version}, ${compared_with.status})`;
  return [
    `${mark(plan, paint)} ${printable(policy_key)}: ${actionWords(plan)}${against}`,
    ...changes.map((change) => `    ${printable(change)}`),
    ...notes.map((note) => paint('gray', `    ${printable(note)}`)),
  ].join('\n');
}

function mark({ action }: PolicyPlan, paint: Paint): string {
  if (action === 'nothing') return ' ';
  return action === 'create' ? paint('green', '+') : paint('yellow', '~');
}

function actionWords({ action, version, activates, active }: PolicyPlan): string {
  const then = activates ? ', and activate it' : ', as a draft';
  switch (action) {
    case 'create':
      return `create version ${version}${then}`;
    case 'new_version':
      return `write version ${version}${then}`;
    case 'edit_draft':
      return `replace the draft, version ${version}${activates ? ', and activate it' : ''}`;
    case 'activate':
      return `activate version ${version}`;
    case 'nothing':
      return active ? `unchanged, version ${version} is active` : `unchanged, version ${version}`;
  }
}

/** One line for what became of a policy, and its warnings below. */
export function outcomeText(outcome: Outcome, paint: Paint): string {
  const { policy_key, warnings } = outcome;
  return [
    `${printable(policy_key)}: ${resultWords(outcome, paint)}`,
    ...warnings.map((warning) => paint('yellow', `    warning: ${printable(warning)}`)),
  ].join('\n');
}

function resultWords({ result, version, active, error }: Outcome, paint: Paint): string {
  const now = active ? ', active' : ', a draft';
  switch (result) {
    case 'created':
      return paint('green', `created version ${version}${now}`);
    case 'version_added':
      return paint('green', `wrote version ${version}${now}`);
    case 'draft_replaced':
      return paint('green', `replaced version ${version}${now}`);
    case 'activated':
      return paint('green', `activated version ${version}`);
    case 'unchanged':
      return active ? `unchanged, version ${version} is active` : `unchanged, version ${version}`;
    case 'failed':
      return paint('red', `failed: ${printable(error?.message ?? '')} (${error?.code})`);
    case 'not_tried':
      return paint('red', 'not tried, as the service cannot be used');
  }
}
