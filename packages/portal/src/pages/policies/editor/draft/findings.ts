import type { PolicyCreate } from '@awe/contract/policies';
import type { Fault } from '@awe/engine/fault';
import { lintPolicy } from '@awe/engine/policy-lint';
import { validatePolicy } from '@awe/engine/policy-validation';
import { t } from '../../../../strings/t.ts';
import { expressionHasGaps } from '../logic/expression.ts';
import { hasGaps } from '../logic/query.ts';

/** What keeps a policy from working, and what its author should look at again, each with its place in the document. */
export type Findings = { faults: readonly Fault[]; warnings: readonly Fault[] };

/** The engine’s own judgement, and what the service said that the engine did not. */
export function findingsOf(document: PolicyCreate, refused: readonly Fault[]): Findings {
  const validation = validatePolicy(document);
  const found = validation.ok ? [] : validation.faults;
  const faults = [...found, ...gapsIn(document)];
  const known = new Set(faults.map(({ path }) => path));
  return {
    faults: [...faults, ...refused.filter(({ path }) => !known.has(path))],
    warnings: validation.ok ? lintPolicy(validation.stages) : [],
  };
}

/** What the engine takes for logic, although nobody has finished it. */
function gapsIn(document: PolicyCreate): Fault[] {
  return (document.stages ?? []).flatMap((stage, at) => [
    ...gap(`stages[${at}].skip_if`, hasGaps(stage.skip_if ?? null)),
    ...(['rules', 'escalation_rules'] as const).flatMap((list) =>
      (stage[list] ?? []).flatMap(({ rule_type, rule_value: { logic = null } }, place) =>
        gap(
          `stages[${at}].${list}[${place}].rule_value.logic`,
          rule_type === 'expression' && expressionHasGaps(logic),
        ),
      ),
    ),
  ]);
}

function gap(path: string, isThere: boolean): Fault[] {
  return isThere ? [{ path, message: t.policyEditor.logic.gaps }] : [];
}

/** Whether `path` is `place` or lies in it. */
export function isInside(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}
