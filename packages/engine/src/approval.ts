import type { Instant } from './instant.ts';
import type { JsonObject, Policy, RuleKind } from './policy.ts';
import type { StageStatus } from './stage-transition.ts';

export type RequestStatus = 'pending' | 'in_review' | 'approved' | 'rejected' | 'cancelled';
export type TaskStatus = 'open' | 'claimed' | 'completed' | 'skipped' | 'expired' | 'reassigned';
export type Action = 'approve' | 'reject' | 'abstain';

export const ACTIONS = ['approve', 'reject', 'abstain'] as const satisfies readonly Action[];

/** The actor recorded when the service level agreement decides, not a person. */
export const SLA_MONITOR = 'sla-monitor';

export type ApprovalRequest = {
  id: string;
  policy_id: string;
  policy_key: string;
  policy_version: number;
  artifact_type: string;
  artifact_id: string;
  source_service: string;
  requester: string | null;
  context: JsonObject;
  callback_url: string | null;
  callback_secret_id: string | null;
  status: RequestStatus;
  /** The lowest active stage's order; 0 before any stage was reached; stays where it was after the end. */
  current_stage_order: number;
  /** The number of events in the timeline so far; the next event gets `sequence + 1`. */
  sequence: number;
  /** Counts the commits of this request; the guard against two writers. */
  revision: number;
  completed_at: Instant | null;
  created_at: Instant;
  updated_at: Instant;
};

/** How far one stage has come. Stages that were not reached yet have no entry. */
export type StageProgress = {
  stage_id: string;
  stage_order: number;
  status: StageStatus;
  /** Approvals needed, fixed when the stage opened; for `all`, the number of people asked. */
  needed: number;
  /** How many approvers were asked when the stage opened. */
  asked: number;
  /** When `on_breach` fired; it fires once. */
  breached_at: Instant | null;
  /** `due`: people are still to be found, at `next_attempt_at`. `done`: they were asked, or nobody was found. */
  escalation: 'none' | 'due' | 'done';
  /** Failed attempts to find the people of this activation or escalation. */
  failures: number;
  next_attempt_at: Instant | null;
};

/** One person's seat at one stage. A vote is a completed approver task with its `action`. */
export type Task = {
  id: string;
  request_id: string;
  stage_id: string;
  stage_order: number;
  assignee: string;
  kind: RuleKind;
  /** The seat must approve. The mark moves with delegation and reassignment. */
  required: boolean;
  /** The seat was added by escalation, not at activation. */
  escalated: boolean;
  delegated_from: string | null;
  reassigned_from: string | null;
  status: TaskStatus;
  action: Action | null;
  /** Who pressed the button: the assignee, an admin, or {@link SLA_MONITOR}. */
  decided_by: string | null;
  decision_id: string | null;
  claimed_at: Instant | null;
  completed_at: Instant | null;
  due_at: Instant | null;
  created_at: Instant;
};

export type Decision = {
  id: string;
  request_id: string;
  task_id: string;
  stage_order: number;
  actor: string;
  action: Action;
  comment: string | null;
  attachments_ref: string | null;
  created_at: Instant;
};

/** The aggregate: everything one command reads and changes. Nothing in AWE crosses from one request to another. */
export type Approval = { request: ApprovalRequest; stages: StageProgress[]; tasks: Task[] };

/** What a caller gives to start a request. */
export type RequestGiven = Pick<
  ApprovalRequest,
  | 'id'
  | 'source_service'
  | 'artifact_type'
  | 'artifact_id'
  | 'requester'
  | 'context'
  | 'callback_url'
  | 'callback_secret_id'
>;

/** A request under `policy` to which nothing has happened yet. */
export function newApproval(given: RequestGiven, policy: Policy, now: Instant): Approval {
  const request: ApprovalRequest = {
    ...given,
    policy_id: policy.id,
    policy_key: policy.policy_key,
    policy_version: policy.version,
    status: 'pending',
    current_stage_order: 0,
    sequence: 0,
    revision: 0,
    completed_at: null,
    created_at: now,
    updated_at: now,
  };
  return { request, stages: [], tasks: [] };
}

export function isEnded(status: RequestStatus): boolean {
  return status === 'approved' || status === 'rejected' || status === 'cancelled';
}

/** The seat's person can still vote. An expired task can: the SLA was missed, the person is not locked out. */
export function isPending(task: Task): boolean {
  return task.status === 'open' || task.status === 'claimed' || task.status === 'expired';
}

/** The seat is waiting for its person and its clock is running. */
export function isOpen(task: Task): boolean {
  return task.status === 'open' || task.status === 'claimed';
}
