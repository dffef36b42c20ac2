import type { ApproverRuleIn } from '@awe/contract/policies';
import { policyWords } from '../strings/words.ts';
import { describeLogic } from './logic.ts';

const words = policyWords.rule;

/** Whom a rule finds: `u-amina`, `members of role OFFICER`. Whether they observe or are required is not said. */
export function describeRule({ rule_type, rule_value }: ApproverRuleIn): string {
  const { user_id, role, client, group, logic, url } = rule_value as Readonly<Record<string, unknown>>;
  switch (rule_type) {
    case 'user':
      return nameOf(user_id) ?? asItIs(rule_value);
    case 'role': {
      const [named, of] = [nameOf(role), nameOf(client)];
      if (named === null) return asItIs(rule_value);
      return of === null ? words.role(named) : words.clientRole(named, of);
    }
    case 'group': {
      const named = nameOf(group);
      return named === null ? asItIs(rule_value) : words.group(named);
    }
    case 'expression':
      return logic === undefined ? asItIs(rule_value) : words.expression(describeLogic(logic));
    case 'http':
      return words.http(placeOf(url) ?? asItIs(rule_value));
    default:
      return `${rule_type} ${asItIs(rule_value)}`;
  }
}

/** The same, with what sets the rule apart: `u-dora (must approve)`. */
export function describeRuleFully(rule: ApproverRuleIn): string {
  const who = describeRule(rule);
  if (rule.kind === 'observer') return words.observer(who);
  return rule.required ? words.required(who) : who;
}

function nameOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Address without the protocol, which is the same for all. */
function placeOf(url: unknown): string | null {
  return nameOf(url)?.replace(/^https?:\/\//i, '') ?? null;
}

function asItIs(value: unknown): string {
  return JSON.stringify(value);
}
