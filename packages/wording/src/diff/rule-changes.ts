import type { ApproverRuleIn } from '@awe/contract/policies';
import { describeRuleFully } from '../words/rule.ts';
import { canonical } from './canonical.ts';
import type { Change } from './change.ts';

type Rules = readonly ApproverRuleIn[];

/** Kinds whose rule is one thing that is edited; a user, role or group is replaced by another instead. */
const EDITED = new Set(['expression', 'http']);

/** Rules that were added, removed, or find or weigh people differently. Their order means nothing. */
export function ruleChanges(aspect: 'rule' | 'escalation_rule', before: Rules, after: Rules): Change[] {
  const same = leftAfter(before, after, (a, b) => meaning(a) === meaning(b));
  const marked = leftAfter(same.before, same.after, (a, b) => finds(a) === finds(b));
  const edited = leftAfter(
    marked.before,
    marked.after,
    (a, b) => a.rule_type === b.rule_type && EDITED.has(a.rule_type),
  );
  return [
    ...[...marked.pairs, ...edited.pairs].map(([a, b]) => change(aspect, a, b)),
    ...edited.before.map((rule) => change(aspect, rule, null)),
    ...edited.after.map((rule) => change(aspect, null, rule)),
  ];
}

function change(aspect: Change['aspect'], a: ApproverRuleIn | null, b: ApproverRuleIn | null): Change {
  const words = { aspect, before: a && describeRuleFully(a), after: b && describeRuleFully(b) };
  const isLogic = (a ?? b)?.rule_type === 'expression';
  return isLogic ? { ...words, raw: { before: a?.rule_value, after: b?.rule_value } } : words;
}

/** Pairs of what fits together, each rule once, and what is left on both sides. */
function leftAfter(before: Rules, after: Rules, fits: (a: ApproverRuleIn, b: ApproverRuleIn) => boolean) {
  const left = [...after];
  const pairs: [ApproverRuleIn, ApproverRuleIn][] = [];
  const unpaired: ApproverRuleIn[] = [];
  for (const rule of before) {
    const at = left.findIndex((other) => fits(rule, other));
    const [partner] = at < 0 ? [] : left.splice(at, 1);
    if (partner) pairs.push([rule, partner]);
    else unpaired.push(rule);
  }
  return { pairs, before: unpaired, after: left };
}

function finds({ rule_type, rule_value }: ApproverRuleIn): string {
  return canonical([rule_type, rule_value]);
}

function meaning(rule: ApproverRuleIn): string {
  return canonical([finds(rule), rule.kind ?? 'approver', rule.required ?? false]);
}
