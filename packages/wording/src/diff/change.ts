import type { StageIn } from '@awe/contract/policies';

/** What about a policy or a stage differs. */
export type Aspect =
  | 'name'
  | 'description'
  | 'artifact_type'
  | 'forbid_self_approval'
  | 'forbid_repeat_approvers'
  | 'position'
  | 'parallel'
  | 'approvals'
  | 'on_reject'
  | 'skip_if'
  | 'on_empty'
  | 'sla'
  | 'on_breach'
  | 'rule'
  | 'escalation_rule';

/** One difference in words; null: it was not there, it is not there any more. `raw` where the words may not say it all. */
export type Change = {
  aspect: Aspect;
  before: string | null;
  after: string | null;
  raw?: { before: unknown; after: unknown };
};

export type StageDiff = {
  kind: 'added' | 'removed' | 'changed' | 'unchanged';
  name: string;
  before: StageIn | null;
  after: StageIn | null;
  /** Empty for stages that were added or removed. */
  changes: Change[];
};

/** `stages` in the order they run after the change; those that were removed stand where they were. */
export type PolicyDiff = { policy: Change[]; stages: StageDiff[]; isEmpty: boolean };

/** A change unless both sides read the same. */
export function changeOf(aspect: Aspect, before: string | null, after: string | null): Change[] {
  return before === after ? [] : [{ aspect, before, after }];
}
