import { ACTIONS, type Action, type RequestStatus, type TaskStatus } from '@awe/engine/approval';
import type { Instant } from '@awe/engine/instant';
import { type JsonObject, RULE_KINDS, type RuleKind } from '@awe/engine/policy';
import type { SourceRequest, SourceRow } from '../ledger/import-source.ts';
import { cellsOf } from './cells.ts';

/** A request as the source tells of it, with every cell of the kind that it should be. */
export type SourceCase = {
  id: string;
  policy_id: string;
  policy_key: string | null;
  policy_version: number | null;
  artifact_type: string;
  artifact_id: string;
  source_service: string;
  requester: string | null;
  context: JsonObject;
  callback_url: string | null;
  callback_secret_id: string | null;
  status: RequestStatus;
  current_stage_order: number;
  completed_at: Instant | null;
  created_at: Instant;
  updated_at: Instant;
  tasks: SourceTask[];
  decisions: SourceDecision[];
  events: SourceEvent[];
  /** Of all its rows: whether they changed since an earlier import. */
  fingerprint: string;
};

/** `required`: null when the source does not say. */
export type SourceTask = {
  id: string;
  stage_id: string;
  assignee: string;
  kind: RuleKind;
  required: boolean | null;
  delegated_from: string | null;
  reassigned_from: string | null;
  status: TaskStatus;
  claimed_at: Instant | null;
  due_at: Instant | null;
  created_at: Instant;
};

export type SourceDecision = {
  id: string;
  task_id: string;
  actor: string;
  action: Action;
  comment: string | null;
  attachments_ref: string | null;
  created_at: Instant;
};

export type SourceEvent = {
  id: string;
  event_type: string;
  payload: JsonObject;
  actor: string | null;
  created_at: Instant;
};

const REQUEST_STATUSES = ['pending', 'in_review', 'approved', 'rejected', 'cancelled'] as const;
const TASK_STATUSES = ['open', 'claimed', 'completed', 'skipped', 'expired', 'reassigned'] as const;
/** As long as a create takes them: they stand in indexes. */
const LONGEST = { artifact: 512, user: 255 };

/** `fingerprint` is of the rows as they were read. Throws `LeftOut` for the first cell that cannot be taken as it is. */
export function readCase(source: SourceRequest, fingerprint: string): SourceCase {
  const cells = cellsOf(source.request, 'the request');
  return {
    id: cells.id('id'),
    policy_id: cells.id('policy_id'),
    policy_key: cells.textOrNull('policy_key'),
    policy_version: cells.integerOrNull('policy_version'),
    artifact_type: cells.text('artifact_type', LONGEST.artifact),
    artifact_id: cells.text('artifact_id', LONGEST.artifact),
    source_service: cells.text('source_service', LONGEST.user),
    requester: cells.textOrNull('requester', LONGEST.user),
    context: cells.object('context'),
    callback_url: cells.textOrNull('callback_url'),
    callback_secret_id: cells.idOrNull('callback_secret_id'),
    status: cells.word('status', REQUEST_STATUSES),
    current_stage_order: cells.integer('current_stage_order'),
    completed_at: cells.timeOrNull('completed_at'),
    created_at: cells.time('created_at'),
    updated_at: cells.time('updated_at'),
    tasks: source.tasks.map(readTask),
    decisions: source.decisions.map(readDecision),
    events: source.events.map(readEvent).sort(bySequence(source.events)),
    fingerprint,
  };
}

function readTask(row: SourceRow): SourceTask {
  const cells = cellsOf(row, `the task ${row.id}`);
  return {
    id: cells.id('id'),
    stage_id: cells.id('stage_id'),
    assignee: cells.text('assignee', LONGEST.user),
    kind: cells.word('kind', RULE_KINDS),
    required: cells.flagOrNull('required'),
    delegated_from: cells.textOrNull('delegated_from'),
    reassigned_from: cells.textOrNull('reassigned_from'),
    status: cells.word('status', TASK_STATUSES),
    claimed_at: cells.timeOrNull('claimed_at'),
    due_at: cells.timeOrNull('due_at'),
    created_at: cells.time('created_at'),
  };
}

function readDecision(row: SourceRow): SourceDecision {
  const cells = cellsOf(row, `the decision ${row.id}`);
  return {
    id: cells.id('id'),
    task_id: cells.id('task_id'),
    actor: cells.text('actor'),
    action: cells.word('action', ACTIONS),
    comment: cells.textOrNull('comment'),
    attachments_ref: cells.textOrNull('attachments_ref'),
    created_at: cells.time('created_at'),
  };
}

function readEvent(row: SourceRow): SourceEvent {
  const cells = cellsOf(row, `the event ${row.id}`);
  return {
    id: cells.id('id'),
    event_type: cells.text('event_type'),
    payload: cells.object('payload'),
    actor: cells.textOrNull('actor'),
    created_at: cells.time('created_at'),
  };
}

/** By their number where the source has one: several may be of the same moment. */
function bySequence(rows: readonly SourceRow[]) {
  const numbers = new Map(rows.map((row) => [String(row.id).toLowerCase(), Number(row.sequence ?? 0)]));
  return (a: SourceEvent, b: SourceEvent) => (numbers.get(a.id) ?? 0) - (numbers.get(b.id) ?? 0);
}
