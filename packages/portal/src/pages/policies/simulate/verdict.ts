import type { StageIn } from '@awe/contract/policies';
import type { SimulateStageOut } from '@awe/contract/simulation';
import { describeLogic } from '@awe/wording/words/logic';
import { t } from '../../../strings/t.ts';

const words = t.policies.page.simulate;

/** What a simulation comes down to. */
export function inOneSentence(stages: readonly SimulateStageOut[]): string {
  const blocked = stages.find(({ blocked_reason }) => blocked_reason);
  if (blocked) return words.outcome.rejected(blocked.name);
  const asking = stages.filter(({ skipped }) => !skipped);
  const people = new Set(asking.flatMap(({ resolved_approvers }) => resolved_approvers));
  return asking.length === 0 ? words.outcome.approvedAtOnce : words.outcome.asked(people.size, asking.length);
}

/**
 * Why a stage is skipped or rejects; null when it asks. `stage` is the stage as it is written, when that is known: then
 * its condition is said too. A reason that is not known here is shown as it came.
 */
export function reasonInWords(
  { skip_reason, blocked_reason }: SimulateStageOut,
  stage: StageIn | undefined,
): string | null {
  if (skip_reason === 'skip_if' && stage?.skip_if) return words.skippedBecause(describeLogic(stage.skip_if));
  const known: Readonly<Record<string, string>> = { ...words.skipReasons, ...words.blockReasons };
  const reason = skip_reason ?? blocked_reason ?? null;
  return reason === null ? null : (known[reason] ?? reason);
}
