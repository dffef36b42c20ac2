import { type Fault, inside, quote } from './fault.ts';
import { logicFaults } from './jsonlogic/faults.ts';
import { MODES, ON_BREACH, ON_EMPTY, ON_REJECT, RULE_KINDS, RULE_TYPES } from './policy.ts';
import type {
  PolicyDocument,
  RuleDefinition,
  RuleDocument,
  StageDefinition,
  StageDocument,
} from './policy-document.ts';
import { ruleValueFaults } from './rule-value.ts';

/** Far beyond any real chain of approvals, and small enough to be decided in one go. */
export const MAX_STAGES = 200;
/** For `rules` and `escalation_rules` each. */
export const MAX_RULES_PER_STAGE = 200;
const MAX_KEY_LENGTH = 128;
const INT4_MIN = -2_147_483_648;
const INT4_MAX = 2_147_483_647;
/** 7,000 years of 8,766 hours: until the year 2999 no due date gets beyond 9999, where ISO dates end to sort as text. */
const MAX_SLA_HOURS = 61_362_000;

export type Validation = { ok: true; stages: StageDefinition[] } | { ok: false; faults: Fault[] };

type Report = (place: string, message: string) => void;

function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** `value` as one of `allowed`, `fallback` when it is not given; reports anything else, and goes on with `fallback`. */
function oneOf<T extends string, F extends T | null>(
  allowed: readonly T[],
  value: string | null | undefined,
  fallback: F,
  report: (message: string) => void,
): T | F {
  if (value === null || value === undefined) return fallback;
  const known = allowed.find((word) => word === value);
  if (known === undefined) report(`${quote(value)} is none of ${allowed.join(', ')}`);
  return known ?? fallback;
}

function checkRange(
  value: number | null,
  [low, high]: readonly [number, number],
  report: (message: string) => void,
) {
  if (value === null || (Number.isInteger(value) && value >= low && value <= high)) return;
  report(`must be a whole number from ${low} to ${high}`);
}

function checkKey(key: string, report: (message: string) => void): void {
  const length = [...key].length;
  if (length < 1 || length > MAX_KEY_LENGTH)
    report(`must have 1 to ${MAX_KEY_LENGTH} characters, has ${length}`);
  if (key.includes('/')) report('must not contain "/": it is one step of a URL');
  if (key === '.' || key === '..') report('must not be "." or "..": a URL cannot end in that');
  if (/\p{Cc}/u.test(key)) report('must not contain control characters');
  if (key !== key.trim()) report('must not start or end with a blank');
}

function defineRule(rule: RuleDocument, path: string, faults: Fault[]): RuleDefinition {
  const report: Report = (place, message) => faults.push({ path: inside(path, place), message });
  const type = oneOf(RULE_TYPES, rule.rule_type, null, (message) => report('rule_type', message));
  if (type !== null) faults.push(...ruleValueFaults(type, rule.rule_value, inside(path, 'rule_value')));
  const kind = oneOf(RULE_KINDS, rule.kind, 'approver', (message) => report('kind', message));
  const required = rule.required ?? false;
  if (kind === 'observer' && required) {
    report(
      'required',
      'an observer decides nothing and cannot be required: make it an approver, or not required',
    );
  }
  return { rule_type: type ?? 'user', rule_value: rule.rule_value, kind, required };
}

function defineRules(rules: readonly RuleDocument[], path: string, faults: Fault[]): RuleDefinition[] {
  if (rules.length > MAX_RULES_PER_STAGE) {
    faults.push({ path, message: `must have at most ${MAX_RULES_PER_STAGE} rules, has ${rules.length}` });
  }
  return rules.map((rule, i) => defineRule(rule, inside(path, i), faults));
}

/** `mode` is the one that was sent: with a mode that means nothing, nothing contradicts it. */
function checkContradictions(stage: StageDefinition, mode: string, report: Report): void {
  if (mode === 'percentage' && (stage.mode_value ?? 1) > 100) {
    report('mode_value', 'is a percentage: must be from 1 to 100');
  }
  if (stage.on_reject === 'count' && mode === 'all') {
    report('on_reject', '"count" cannot go with mode "all", where every vote is needed: use any-n, or veto');
  }
  if (stage.on_breach !== null && stage.on_breach !== 'notify' && stage.sla_hours === null) {
    report('sla_hours', `is missing: on_breach ${quote(stage.on_breach)} needs to know when the time is up`);
  }
  if (stage.on_breach === 'escalate' && stage.escalation_rules.length === 0) {
    report('escalation_rules', 'are missing: on_breach "escalate" needs somebody to escalate to');
  }
}

function defineStage(stage: StageDocument, path: string, faults: Fault[]): StageDefinition {
  const report: Report = (place, message) => faults.push({ path: inside(path, place), message });
  const at = (place: string) => (message: string) => report(place, message);
  const definition: StageDefinition = {
    name: stage.name,
    stage_order: stage.stage_order,
    mode: oneOf(MODES, stage.mode, 'all', at('mode')),
    mode_value: stage.mode_value ?? null,
    sla_hours: stage.sla_hours ?? null,
    skip_if: stage.skip_if ?? null,
    on_empty: oneOf(ON_EMPTY, stage.on_empty, 'block', at('on_empty')),
    parallel_group: stage.parallel_group ?? null,
    on_breach: oneOf(ON_BREACH, stage.on_breach, null, at('on_breach')),
    on_reject: oneOf(ON_REJECT, stage.on_reject, 'veto', at('on_reject')),
    rules: defineRules(stage.rules ?? [], inside(path, 'rules'), faults),
    escalation_rules: defineRules(stage.escalation_rules ?? [], inside(path, 'escalation_rules'), faults),
  };
  if (isBlank(stage.name)) report('name', 'must not be blank');
  checkRange(definition.stage_order, [1, INT4_MAX], at('stage_order'));
  checkRange(definition.mode_value, [1, INT4_MAX], at('mode_value'));
  checkRange(definition.sla_hours, [1, MAX_SLA_HOURS], at('sla_hours'));
  checkRange(definition.parallel_group, [INT4_MIN, INT4_MAX], at('parallel_group'));
  if (definition.skip_if !== null) faults.push(...logicFaults(definition.skip_if, inside(path, 'skip_if')));
  checkContradictions(definition, stage.mode ?? 'all', report);
  return definition;
}

/** `placed` are the stages in the order they run, each with its place in the document. */
function checkOrder(placed: readonly { stage: StageDefinition; path: string }[], faults: Fault[]): void {
  const left = new Map<number, string>();
  for (const [i, { stage, path }] of placed.entries()) {
    const before = placed[i - 1];
    if (before?.stage.stage_order === stage.stage_order) {
      const message = `${stage.stage_order} is also the order of ${before.path}: give each stage its own`;
      faults.push({ path: inside(path, 'stage_order'), message });
    }
    const group = stage.parallel_group;
    const previous = before?.stage.parallel_group ?? null;
    if (before && previous !== null && previous !== group) left.set(previous, before.path);
    const earlier = group === null ? undefined : left.get(group);
    if (earlier !== undefined && previous !== group) {
      const message = `${earlier} has the same group, but other stages run between: make them neighbours`;
      faults.push({ path: inside(path, 'parallel_group'), message });
    }
  }
}

/**
 * What a policy document means: its stages in `stage_order` with every default filled in (`mode_value` stays null where
 * the mode has a default of its own), or every fault at once, each with its place in the document as it was sent.
 */
export function validatePolicy(document: PolicyDocument): Validation {
  const faults: Fault[] = [];
  const at = (path: string) => (message: string) => faults.push({ path, message });
  checkKey(document.policy_key, at('policy_key'));
  if (isBlank(document.name)) at('name')('must not be blank');
  if (isBlank(document.artifact_type)) at('artifact_type')('must not be blank');
  const documents = document.stages ?? [];
  if (documents.length > MAX_STAGES) at('stages')(`must be at most ${MAX_STAGES}, are ${documents.length}`);
  const placed = documents.map((stage, i) => {
    const path = inside('stages', i);
    return { stage: defineStage(stage, path, faults), path };
  });
  placed.sort((a, b) => a.stage.stage_order - b.stage.stage_order);
  checkOrder(placed, faults);
  return faults.length === 0 ? { ok: true, stages: placed.map(({ stage }) => stage) } : { ok: false, faults };
}
