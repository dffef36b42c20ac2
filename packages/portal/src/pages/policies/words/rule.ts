import type { ApproverRuleIn } from '@awe/contract/policies';

/** Whom a rule finds: `u-amina`, `members of role OFFICER`. Whether they observe or are required is not said. */
export function describeRule({ rule_type, rule_value }: ApproverRuleIn): string {
  return `${rule_type} ${JSON.stringify(rule_value)}`;
}
