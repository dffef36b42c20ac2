import type { StageIn } from '@awe/contract/policies';
import {
  describeApprovals,
  describeBreach,
  describeEmpty,
  describeReject,
  describeSkip,
  describeSla,
} from '../words/stage.ts';
import { canonical } from './canonical.ts';
import { type Change, changeOf } from './change.ts';
import { ruleChanges } from './rule-changes.ts';

/** What differs within one stage, apart from where it stands. */
export function stageChanges(before: StageIn, after: StageIn): Change[] {
  return [
    ...changeOf('name', before.name, after.name),
    ...ruleChanges('rule', before.rules ?? [], after.rules ?? []),
    ...changeOf('approvals', describeApprovals(before), describeApprovals(after)),
    ...changeOf('on_reject', describeReject(before), describeReject(after)),
    ...skipChange(before, after),
    ...changeOf('on_empty', describeEmpty(before), describeEmpty(after)),
    ...changeOf('sla', describeSla(before), describeSla(after)),
    ...breachChange(before, after),
    ...ruleChanges('escalation_rule', before.escalation_rules ?? [], after.escalation_rules ?? []),
  ];
}

/** By the JSON, which may differ where the words do not. */
function skipChange(before: StageIn, after: StageIn): Change[] {
  const raw = { before: before.skip_if ?? null, after: after.skip_if ?? null };
  if (canonical(raw.before) === canonical(raw.after)) return [];
  return [{ aspect: 'skip_if', before: describeSkip(before), after: describeSkip(after), raw }];
}

/** By the word: whom an escalation asks is a change of its own, and so is that anything can be due at all. */
function breachChange(before: StageIn, after: StageIn): Change[] {
  if ((before.on_breach ?? 'notify') === (after.on_breach ?? 'notify')) return [];
  return changeOf('on_breach', describeBreach(before), describeBreach(after));
}
