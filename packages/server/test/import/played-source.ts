import { hash } from 'node:crypto';
import type { Approval, Decision, Task } from '@awe/engine/approval';
import type { TimelineEvent } from '@awe/engine/event';
import type { Policy } from '@awe/engine/policy';
import type { PolicyRows } from '@awe/server/import/policies';
import type { SourceRequest, SourceRow } from '@awe/server/ledger/import-source';

/** What a reference implementation may do differently from us with what it stores. */
export type Habits = {
  /** Whether `approval_task.required` is there. */
  tellsRequired: boolean;
  /** Whether a seat that is given away stays the same row. */
  reassignsInPlace: boolean;
  /** Which events it records. */
  records: 'all' | 'stages' | 'none';
};

/** A request as our engine has it, with everything that was written about it. */
export type Played = { approval: Approval; decisions: Decision[]; events: TimelineEvent[] };

/** Ids of random policies are words; the tables have UUIDs. */
export function uuidOf(word: string): string {
  const digits = hash('sha256', word, 'hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

export function withUuids(policy: Policy): Policy {
  const rule = <R extends { id: string }>(each: R): R => ({ ...each, id: uuidOf(each.id) });
  return {
    ...policy,
    id: uuidOf(policy.id),
    stages: policy.stages.map((stage) => ({
      ...stage,
      id: uuidOf(stage.id),
      rules: stage.rules.map(rule),
      escalation_rules: stage.escalation_rules.map(rule),
    })),
  };
}

/** The policy as rows of the reference implementation. It is its key's first version, as another could not stand alone. */
export function policyRows({ stages, ...policy }: Policy, at: string): PolicyRows {
  const times = { created_at: at, updated_at: at };
  return {
    policies: [{ ...policy, name: 'played', version: 1, status: 'active', ...times }],
    stages: stages.map(({ rules: _, escalation_rules: __, skip_if, ...stage }) => ({
      ...stage,
      policy_id: policy.id,
      skip_if: skip_if && JSON.stringify(skip_if),
    })),
    rules: stages.flatMap(({ id, rules, escalation_rules }) =>
      [
        ...rules.map((rule) => ({ ...rule, escalation: false })),
        ...escalation_rules.map((rule) => ({ ...rule, escalation: true })),
      ].map((rule) => ({ ...rule, stage_id: id, rule_value: JSON.stringify(rule.rule_value) })),
    ),
  };
}

/** A request as rows of the reference implementation with these habits. */
export function requestRows({ approval, decisions, events }: Played, habits: Habits): SourceRequest {
  const { sequence: _, revision: __, context, ...request } = approval.request;
  const tasks = habits.reassignsInPlace ? inPlace(approval.tasks) : approval.tasks;
  return {
    request: { ...request, policy_version: 1, context: JSON.stringify(context) },
    tasks: tasks.map((task) => taskRow(task, habits)),
    decisions: decisions.map((decision) => ({ ...decision })),
    events: events
      .filter(
        ({ event_type }) =>
          habits.records === 'all' || event_type.startsWith(`${habits.records.slice(0, -1)}_`),
      )
      .map((event) => ({ ...event, payload: JSON.stringify(event.payload) })),
  };
}

function taskRow(task: Task, { tellsRequired }: Habits): SourceRow {
  const { escalated: _, action: __, decided_by: ___, required, ...row } = task;
  return { ...row, ...(tellsRequired && { required }) };
}

/** Each seat as the one row that it began with, held by whom it ended with. */
function inPlace(tasks: readonly Task[]): Task[] {
  const rows: Task[] = [];
  for (const task of tasks) {
    const before = rows.findLastIndex(
      (each) =>
        each.status === 'reassigned' &&
        each.stage_id === task.stage_id &&
        each.assignee === task.reassigned_from,
    );
    const first = rows[before];
    if (first === undefined) rows.push(task);
    else {
      const { created_at, delegated_from } = first;
      rows[before] = { ...task, created_at, delegated_from };
    }
  }
  return rows;
}
