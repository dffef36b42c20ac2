import type { ApproverRuleIn, StageIn } from '@awe/contract/policies';
import { policyWords } from '../strings/words.ts';
import { describeLogic } from './logic.ts';
import { describeRule, describeRuleFully } from './rule.ts';

const words = policyWords.stage;
const WHOLE_PERCENT = 100;

/** How a stage is decided, each in words; null where there is nothing to say. */
export type StageWords = {
  /** `any 2 of: u-amina, u-dora (must approve), members of role OFFICER` */
  who: string;
  observers: string | null;
  /** `skipped if amount < 1000` */
  skip: string | null;
  /** When the rules find nobody. */
  empty: string;
  sla: string | null;
  breach: string | null;
  /** What one rejection does. */
  reject: string;
};

/** A stage in words, whether or not it is complete: an editor’s draft too. */
export function describeStage(stage: StageIn): StageWords {
  const { approvers, observers } = rulesByKind(stage);
  return {
    who: who(stage, listed(approvers)),
    observers: observers.length === 0 ? null : words.observers(observers.map(describeRule).join(', ')),
    skip: describeSkip(stage),
    empty: describeEmpty(stage),
    sla: describeSla(stage),
    breach: describeBreach(stage),
    reject: describeReject(stage),
  };
}

/** How approvals are counted: `any 2 approve`. Modes that mean the same read the same. */
export function describeApprovals({ mode, mode_value }: StageIn): string {
  if (mode === 'any-n' || mode === 'quorum') return words.approvals.any(mode_value ?? 1);
  return mode === 'percentage' ? words.approvals.share(mode_value ?? WHOLE_PERCENT) : words.approvals.all;
}

/** `skipped if amount < 1000`; null: never. */
export function describeSkip({ skip_if }: StageIn): string | null {
  return skip_if === null || skip_if === undefined ? null : words.skip(describeLogic(skip_if));
}

export function describeEmpty({ on_empty }: StageIn): string {
  return on_empty === 'skip' ? words.emptySkip : words.emptyBlock;
}

/** `due after 48 hours`; null: never. */
export function describeSla({ sla_hours }: StageIn): string | null {
  return sla_hours === null || sla_hours === undefined ? null : words.sla(sla_hours);
}

/** What happens once everybody is overdue; null when nobody can be. */
export function describeBreach(stage: StageIn): string | null {
  if (describeSla(stage) === null) return null;
  switch (stage.on_breach) {
    case 'auto_approve':
      return words.breach.auto_approve;
    case 'auto_reject':
      return words.breach.auto_reject;
    case 'escalate':
      return words.breach.escalate(listed(stage.escalation_rules ?? []));
    default:
      return words.breach.notify;
  }
}

export function describeReject({ on_reject }: StageIn): string {
  return on_reject === 'count' ? words.count : words.veto;
}

/** The rules that ask, and those that only inform. */
export function rulesByKind({ rules = [] }: StageIn): {
  approvers: ApproverRuleIn[];
  observers: ApproverRuleIn[];
} {
  const isObserver = (rule: ApproverRuleIn) => rule.kind === 'observer';
  return { approvers: rules.filter((rule) => !isObserver(rule)), observers: rules.filter(isObserver) };
}

function who({ mode, mode_value }: StageIn, people: string): string {
  if (mode === 'any-n' || mode === 'quorum') return words.any(mode_value ?? 1, people);
  return mode === 'percentage' ? words.share(mode_value ?? WHOLE_PERCENT, people) : words.all(people);
}

function listed(rules: readonly ApproverRuleIn[]): string {
  return rules.length === 0 ? words.nobody : rules.map(describeRuleFully).join(', ');
}
