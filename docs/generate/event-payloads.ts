import type { BlockReason } from '@awe/engine/activation';
import type { RejectionReason } from '@awe/engine/evaluator';
import type { EventType } from '@awe/engine/event';

/** One event: when it is written, and what its payload has beside what every payload has. */
export type EventEntry = { when: string; payload: Record<string, string> };

const stageName = { name: 'the name of the stage' };
const skipIfError = {
  'skip_if_error?': 'why `skip_if` could not be evaluated; the stage is then not skipped',
};
const retry = {
  reason: 'what the look-up came to',
  attempt: 'how often it was tried',
  next_attempt_at: 'when it is tried again by itself',
};

/** A name that ends in `?` is there only sometimes. */
export const EVENT_ENTRIES: Record<EventType, EventEntry> = {
  request_created: {
    when: 'The request was taken.',
    payload: {
      policy_key: 'the policy',
      policy_version: 'the version that governs the request until its end',
      requester: 'who wants the change',
      source_service: "the caller, as its token's subject says",
    },
  },
  stage_started: {
    when: 'A stage asks its people. Stages of a parallel group start together, with one event each.',
    payload: {
      ...stageName,
      mode: 'how approvals are counted',
      mode_value: 'as the policy has it, or null',
      needed: 'approvals that the stage needs, fixed from here on',
      approvers: 'whom it asks, after filters and delegation',
      observers: 'who may comment',
      required_approvers: 'those of the approvers who must approve',
      ...skipIfError,
    },
  },
  stage_completed: {
    when: 'A stage was decided.',
    payload: { ...stageName, outcome: '`approved` or `rejected`', 'reason?': 'why it was rejected' },
  },
  stage_skipped: {
    when: 'A stage was passed over.',
    payload: { ...stageName, reason: '`skip_if` or `no_approvers`', ...skipIfError },
  },
  stage_escalated: {
    when: 'A stage with `on_breach: escalate` breached, and asked more people.',
    payload: {
      added: 'who was asked in addition; may be empty',
      attempt: 'at which try of the look-up',
      'required_approvers?': 'who must approve from here on',
      'observers?': 'who may comment from here on',
    },
  },
  stage_activation_failed: {
    when: 'The people of a stage could not be looked up. It is tried again until it works or the request ends.',
    payload: {
      ...retry,
      phase: '`activation`, or `escalation` of a stage that is open',
      'waiting_stages?': 'the stages that wait for it, by `stage_order`',
    },
  },
  task_claimed: {
    when: 'Somebody said that they are on it.',
    payload: { task_id: 'the task', assignee: 'whose it is', actor: 'who claimed it' },
  },
  task_decided: {
    when: 'A decision was recorded.',
    payload: {
      task_id: 'the task',
      decision_id: 'the decision',
      assignee: 'whose seat it fills',
      kind: '`approver`, or `observer`, whose decision is a comment',
      actor: 'who decided; `sla-monitor` for the deadline',
      action: '`approve`, `reject` or `abstain`',
      'on_behalf_of?': 'the assignee, when somebody else decided for them',
      'late?': 'true after the task was due',
      'comment?': 'what they said',
      'attachments_ref?': 'where their documents are',
    },
  },
  task_reassigned: {
    when: 'An administrator gave a task to somebody else.',
    payload: {
      task_id: 'the task that ended',
      new_task_id: 'the task that replaces it',
      from: 'who had it',
      to: 'who has it',
      actor: 'the administrator',
      'reason?': 'why',
    },
  },
  task_expired: {
    when: 'A task is past due. It can still be decided while its stage is open.',
    payload: { task_id: 'the task', assignee: 'who was asked', due_at: 'when it was due' },
  },
  request_approved: {
    when: 'The end: every stage was approved or skipped.',
    payload: { 'reason?': '`no_stages` or `all_stages_skipped`, when nobody was asked' },
  },
  request_rejected: {
    when: 'The end: a stage was rejected, or could not start.',
    payload: {
      reason: 'one of the [reasons](#why-a-request-is-rejected)',
      'actor?': 'whose decision it was',
      ...skipIfError,
    },
  },
  request_cancelled: {
    when: 'The end: an administrator withdrew it.',
    payload: { actor: 'who did', 'reason?': 'why', 'requested_by?': 'for whom, as the caller said' },
  },
};

/** Why a request is rejected: complete, because the compiler asks for each reason of the engine. */
export const REASONS: Record<RejectionReason | BlockReason, string> = {
  rejected_by_approver: 'somebody rejected, and the stage has `on_reject: veto`',
  required_rejected: 'a required seat rejected, and the stage has `on_reject: count`',
  required_abstained: 'a required seat abstained',
  no_effective_votes: 'everybody of a stage in mode `all` abstained',
  quorum_unreachable: 'fewer people are left, or were found, than approvals are needed',
  sla_breached: 'everybody let the time pass, and the stage has `on_breach: auto_reject`',
  required_approver_unavailable: 'a required rule found nobody who may decide',
  no_approvers_resolved: 'the rules found nobody who may decide, and the stage has `on_empty: block`',
};
