import type { Fault } from '@awe/engine/fault';
import type { PolicyDocument, StageDefinition } from '@awe/engine/policy-document';
import { lintPolicy } from '@awe/engine/policy-lint';
import { validatePolicy } from '@awe/engine/policy-validation';
import { AweError } from '../awe-error.ts';
import type { PolicyDraft } from '../ledger/policies-draft.ts';

/** They travel in a response header, and clients refuse headers beyond 16 KiB in all. */
const MAX_WARNINGS = 50;

/**
 * The document with its defaults filled in, as it is stored. `key` is the one in the URL, if there is one. Throws
 * `policy_invalid` with every fault and its place.
 */
export function draftOf(document: PolicyDocument, key: string | null): PolicyDraft {
  const faults: Fault[] = [];
  if (key !== null && document.policy_key !== key) {
    faults.push({ path: 'policy_key', message: 'differs from the key in the URL: make them the same' });
  }
  const validation = validatePolicy(document);
  if (!validation.ok) faults.push(...validation.faults);
  if (!validation.ok || faults.length > 0) throw invalid('The policy cannot work', faults);
  return {
    policy_key: document.policy_key,
    name: document.name,
    description: document.description ?? null,
    artifact_type: document.artifact_type,
    forbid_self_approval: document.forbid_self_approval ?? false,
    forbid_repeat_approvers: document.forbid_repeat_approvers ?? false,
    stages: validation.stages,
  };
}

/** Throws `policy_invalid` when a stored version would not be accepted today. */
export function requireStillValid(document: PolicyDocument): void {
  const validation = validatePolicy(document);
  if (!validation.ok) throw invalid('This version cannot work and was not activated', validation.faults);
}

/** What the author should look at again, as `place: remark`, in ASCII. */
export function warningsOn(stages: readonly StageDefinition[]): string[] {
  const warnings = lintPolicy(stages).map(({ path, message }) => `${path}: ${message}`);
  if (warnings.length <= MAX_WARNINGS) return warnings;
  return [...warnings.slice(0, MAX_WARNINGS), `and ${warnings.length - MAX_WARNINGS} more`];
}

function invalid(what: string, faults: readonly Fault[]): AweError {
  return new AweError(
    'policy_invalid',
    `${what}: ${faults.map(({ path, message }) => `${path} ${message}`).join('; ')}.`,
  );
}
