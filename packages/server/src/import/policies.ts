import type { Fault } from '@awe/engine/fault';
import type { JsonObject, PolicyStatus, Rule, Stage } from '@awe/engine/policy';
import type { RuleDocument, StageDocument } from '@awe/engine/policy-document';
import { validatePolicy } from '@awe/engine/policy-validation';
import type { SourceRow } from '../ledger/import-source.ts';
import type { StoredPolicy } from '../ledger/policies.ts';
import { type Cells, cellsOf } from './cells.ts';
import { derivedId } from './derived-id.ts';
import { leaveOut, orLeftOut } from './left-out.ts';

/** A version as it is taken over. With `faults` it could not have been written here: it is kept, archived, as history. */
export type TakenPolicy = { policy: StoredPolicy; was: string; faults: Fault[] };

export type PolicyRows = { policies: SourceRow[]; stages: SourceRow[]; rules: SourceRow[] };

/** A version that cannot even be stored. */
export type LeftPolicy = { id: string; name: string; reason: string };

const STATUSES = ['draft', 'active', 'archived'] as const satisfies readonly PolicyStatus[];

type ReadRule = RuleDocument & { id: string; rule_value: JsonObject };
type ReadStage = StageDocument & { id: string; rules: ReadRule[]; escalation_rules: ReadRule[] };

/** All versions of the source, with their ids and those of their stages and rules. */
export function takePolicies(rows: PolicyRows): { taken: TakenPolicy[]; left: LeftPolicy[] } {
  const taken: TakenPolicy[] = [];
  const left: LeftPolicy[] = [];
  const stagesOf = Map.groupBy(rows.stages, (row) => row.policy_id);
  const rulesOf = Map.groupBy(rows.rules, (row) => row.stage_id);
  for (const row of rows.policies) {
    const result = orLeftOut(() => takePolicy(row, stagesOf.get(row.id ?? '') ?? [], rulesOf));
    if (result.ok) taken.push(result.value);
    else
      left.push({
        id: String(row.id),
        name: `${row.policy_key} version ${row.version}`,
        reason: result.reason,
      });
  }
  archiveRivals(taken);
  return { taken: leaveHeadless(taken, left), left };
}

function takePolicy(
  row: SourceRow,
  stageRows: readonly SourceRow[],
  rulesOf: ReadonlyMap<unknown, SourceRow[]>,
): TakenPolicy {
  const cells = cellsOf(row, 'the version');
  const stages = stageRows
    .map((each) => readStage(each, rulesOf.get(each.id) ?? []))
    .sort((a, b) => a.stage_order - b.stage_order);
  if (new Set(stages.map((stage) => stage.stage_order)).size < stages.length)
    leaveOut('two stages have the same stage_order, so that nobody can say which tasks belong to which');
  const document = {
    policy_key: cells.text('policy_key'),
    name: cells.text('name'),
    description: cells.textOrNull('description'),
    artifact_type: cells.text('artifact_type'),
    forbid_self_approval: cells.flag('forbid_self_approval'),
    forbid_repeat_approvers: cells.flag('forbid_repeat_approvers'),
  };
  const validation = validatePolicy({ ...document, stages });
  const was = cells.text('status');
  const status = STATUSES.find((each) => each === was) ?? 'archived';
  const faults = validation.ok ? [] : [...validation.faults];
  if (status !== was)
    faults.push({ path: 'status', message: `is ${JSON.stringify(was)}, none of ${STATUSES.join(', ')}` });
  return {
    policy: {
      ...document,
      id: cells.id('id'),
      version: cells.integer('version'),
      status: faults.length === 0 ? status : 'archived',
      created_by: cells.textOrNull('created_by'),
      created_at: cells.time('created_at'),
      updated_at: cells.time('updated_at'),
      stages: stages.map(storedStage),
    },
    was,
    faults,
  };
}

function readStage(row: SourceRow, ruleRows: readonly SourceRow[]): ReadStage {
  const cells = cellsOf(row, `the stage ${row.stage_order}`);
  const place = (each: SourceRow) => (typeof each.position === 'number' ? each.position : 0);
  const rules = ruleRows
    .map((each) => ({ escalation: each.escalation === true, place: place(each), rule: readRule(each) }))
    .sort((a, b) => a.place - b.place);
  const of = (escalation: boolean) =>
    rules.filter((each) => each.escalation === escalation).map(({ rule }) => rule);
  const id = cells.id('id');
  return {
    id,
    name: cells.text('name'),
    stage_order: cells.integer('stage_order'),
    mode: cells.textOrNull('mode'),
    mode_value: cells.integerOrNull('mode_value'),
    sla_hours: cells.integerOrNull('sla_hours'),
    skip_if: row.skip_if === null || row.skip_if === 'null' ? null : cells.object('skip_if'),
    on_empty: cells.textOrNull('on_empty'),
    parallel_group: cells.integerOrNull('parallel_group'),
    on_breach: cells.textOrNull('on_breach'),
    on_reject: cells.textOrNull('on_reject'),
    rules: of(false),
    escalation_rules: [...of(true), ...writtenRules(cells, id)],
  };
}

function readRule(row: SourceRow): ReadRule {
  const cells = cellsOf(row, `the rule ${row.id}`);
  return {
    id: cells.id('id'),
    rule_type: cells.text('rule_type'),
    rule_value: cells.object('rule_value'),
    kind: cells.textOrNull('kind'),
    required: cells.flagOrNull('required'),
  };
}

/** Escalation rules that stand in the stage's own row, as its API shows them. They have no id of their own there. */
function writtenRules(cells: Cells, stageId: string): ReadRule[] {
  const value = cells.json('escalation_rules') ?? [];
  if (!Array.isArray(value)) leaveOut(`escalation_rules is no list`);
  return value.map((each, index) => {
    const { rule_type, rule_value, kind = null, required = null } = Object(each) as Partial<ReadRule>;
    if (typeof rule_type !== 'string' || typeof rule_value !== 'object' || rule_value === null)
      leaveOut(`escalation_rules[${index}] has no rule_type, or no rule_value that is an object`);
    return { id: derivedId(`${stageId} ${index}`, 0), rule_type, rule_value, kind, required };
  });
}

/** What validation fills in, filled in; and words that mean nothing here kept, in a version that can never be active. */
function storedStage(stage: ReadStage): Stage {
  return {
    ...stage,
    mode: (stage.mode ?? 'all') as Stage['mode'],
    mode_value: stage.mode_value ?? null,
    sla_hours: stage.sla_hours ?? null,
    skip_if: stage.skip_if ?? null,
    on_empty: (stage.on_empty ?? 'block') as Stage['on_empty'],
    parallel_group: stage.parallel_group ?? null,
    on_breach: (stage.on_breach ?? null) as Stage['on_breach'],
    on_reject: (stage.on_reject ?? 'veto') as Stage['on_reject'],
    rules: stage.rules.map(storedRule),
    escalation_rules: stage.escalation_rules.map(storedRule),
  };
}

function storedRule(rule: ReadRule): Rule {
  return {
    ...rule,
    rule_type: rule.rule_type as Rule['rule_type'],
    kind: (rule.kind ?? 'approver') as Rule['kind'],
    required: rule.required ?? false,
  };
}

/** Of two active versions of a key nobody can say which one is meant. */
function archiveRivals(taken: readonly TakenPolicy[]): void {
  const active = taken.filter(({ policy }) => policy.status === 'active');
  for (const rivals of Map.groupBy(active, ({ policy }) => policy.policy_key).values()) {
    if (rivals.length === 1) continue;
    for (const { policy, faults } of rivals) {
      policy.status = 'archived';
      faults.push({
        path: 'status',
        message: `is active, and so is another version: activate the one that is meant`,
      });
    }
  }
}

/** The first version stands for its key: without it, the others could neither be listed nor be added to. */
function leaveHeadless(taken: readonly TakenPolicy[], left: LeftPolicy[]): TakenPolicy[] {
  const keys = new Set(
    taken.filter(({ policy }) => policy.version === 1).map(({ policy }) => policy.policy_key),
  );
  return taken.filter(({ policy: { id, policy_key, version } }) => {
    if (keys.has(policy_key)) return true;
    const reason = 'version 1 of this key is not there, and stands for the key here';
    left.push({ id, name: `${policy_key} version ${version}`, reason });
    return false;
  });
}
