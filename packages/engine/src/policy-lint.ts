import { inside } from './fault.ts';
import { evaluateLogic, truthy } from './jsonlogic/compile.ts';
import { isConstantLogic } from './jsonlogic/faults.ts';
import type { StageDefinition } from './policy-document.ts';

export type WarningCode =
  | 'no_stages'
  | 'skips_everywhere'
  | 'no_approver_rule'
  | 'auto_approve_with_required'
  | 'too_few_users'
  | 'constant_skip_if'
  | 'percentage_without_value'
  | 'escalation_without_approver';

/** Something that works, but probably not as meant. `path` is a place in the stages in the order they run. */
export type Warning = { code: WarningCode; path: string; message: string };

function constantSkip(stage: StageDefinition): string | null {
  if (stage.skip_if === null || !isConstantLogic(stage.skip_if)) return null;
  const result = evaluateLogic(stage.skip_if, {});
  const outcome = result.ok && truthy(result.value) ? 'always' : 'never';
  return `looks at no data, so that this stage is ${outcome} skipped`;
}

/** Null unless every approver rule names its user: how many people the others find is not known before they are asked. */
function literalUsers(stage: StageDefinition): number | null {
  const approvers = stage.rules.filter((rule) => rule.kind === 'approver');
  if (approvers.length === 0 || approvers.some((rule) => rule.rule_type !== 'user')) return null;
  return new Set(approvers.map((rule) => rule.rule_value.user_id)).size;
}

function lintStage(stage: StageDefinition, path: string): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: WarningCode, place: string, message: string) =>
    warnings.push({ code, path: inside(path, place), message });
  if (!stage.rules.some((rule) => rule.kind === 'approver')) {
    const outcome = stage.on_empty === 'skip' ? 'is always skipped' : 'always rejects the request';
    warn('no_approver_rule', 'rules', `name no approver, so that this stage ${outcome}, as on_empty says`);
  }
  if (
    stage.on_breach === 'auto_approve' &&
    [...stage.rules, ...stage.escalation_rules].some((r) => r.required)
  ) {
    warn(
      'auto_approve_with_required',
      'on_breach',
      'approves for nobody who is required: they still have to sign',
    );
  }
  const users = literalUsers(stage);
  const counts = stage.mode === 'any-n' || stage.mode === 'quorum';
  if (counts && users !== null && users < (stage.mode_value ?? 1)) {
    const message = `asks for ${stage.mode_value} approvals of ${users} named: every request is rejected here`;
    warn('too_few_users', 'mode_value', message);
  }
  const skip = constantSkip(stage);
  if (skip !== null) warn('constant_skip_if', 'skip_if', skip);
  if (stage.mode === 'percentage' && stage.mode_value === null) {
    warn('percentage_without_value', 'mode_value', 'is not given and means 100: everybody must approve');
  }
  if (stage.on_breach === 'escalate' && !stage.escalation_rules.some((rule) => rule.kind === 'approver')) {
    warn(
      'escalation_without_approver',
      'escalation_rules',
      'name no approver, so that nobody new can decide',
    );
  }
  return warnings;
}

/**
 * What the author of a valid policy should look at again. Messages are plain ASCII without names from the policy, fit
 * for a response header.
 */
export function lintPolicy(stages: readonly StageDefinition[]): Warning[] {
  if (stages.length === 0) {
    return [
      { code: 'no_stages', path: 'stages', message: 'there are none: every request is approved at once' },
    ];
  }
  const warnings = stages.flatMap((stage, i) => lintStage(stage, inside('stages', i)));
  if (stages.every((stage) => stage.on_empty === 'skip')) {
    const message =
      'all have on_empty "skip": a request for which nobody is found is approved without a decision';
    warnings.push({ code: 'skips_everywhere', path: 'stages', message });
  }
  return warnings;
}
