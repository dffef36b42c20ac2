/** What the payload of every event says, and `More` of its type. */
export type Payload<More> = Readonly<
  {
    request_id: string;
    artifact_type: string;
    artifact_id: string;
    /** The status of the request after the event. */
    status: string;
    stage_order: number | null;
  } & More
>;

/** A service may have a word that this version does not know. */
type Other = string & Record<never, never>;

/** Why a stage was rejected, and with it the request; or why the request was, before anybody was asked. */
export type RejectionReason =
  | 'rejected_by_approver'
  | 'required_rejected'
  | 'required_abstained'
  | 'required_approver_unavailable'
  | 'no_effective_votes'
  | 'no_approvers_resolved'
  | 'quorum_unreachable'
  | 'sla_breached'
  | Other;

/** What each event says beside what all of them say: to a timeline in `payload`, to a webhook in `data`. */
export type EventPayloads = {
  request_created: {
    policy_key: string;
    policy_version: number;
    requester: string | null;
    source_service: string;
  };
  stage_started: {
    name: string;
    mode: string;
    mode_value: number | null;
    /** How many approvals end the stage. */
    needed: number;
    /** The ids of those who were asked. */
    approvers: readonly string[];
    observers: readonly string[];
    required_approvers: readonly string[];
    /** Why `skip_if` could not be evaluated; the stage was then not skipped. */
    skip_if_error?: string;
  };
  stage_completed: { name: string; outcome: 'approved' | 'rejected'; reason?: RejectionReason };
  stage_skipped: { name: string; reason: 'skip_if' | 'no_approvers' | Other; skip_if_error?: string };
  stage_escalated: {
    /** The ids of those who were asked in addition. */
    added: readonly string[];
    attempt: number;
    required_approvers?: readonly string[];
    observers?: readonly string[];
  };
  stage_activation_failed: {
    reason: string;
    attempt: number;
    next_attempt_at: string;
    phase: 'activation' | 'escalation' | Other;
    /** The stages that wait for it, by `stage_order`. */
    waiting_stages?: readonly number[];
  };
  task_claimed: { task_id: string; assignee: string; actor: string };
  task_decided: {
    task_id: string;
    decision_id: string;
    /** Whose seat it fills. */
    assignee: string;
    /** The decision of an observer is a comment. */
    kind: 'approver' | 'observer' | Other;
    /** Who decided; `sla-monitor` for the deadline. */
    actor: string;
    action: 'approve' | 'reject' | 'abstain' | Other;
    /** The assignee, when somebody else decided for them. */
    on_behalf_of?: string;
    late?: boolean;
    comment?: string;
    attachments_ref?: string;
  };
  task_reassigned: {
    /** The task that ended. */
    task_id: string;
    new_task_id: string;
    from: string;
    to: string;
    actor: string;
    reason?: string;
  };
  task_expired: { task_id: string; assignee: string; due_at: string };
  request_approved: {
    /** Only of a request that nobody was asked about. */
    reason?: 'no_stages' | 'all_stages_skipped' | Other;
  };
  request_rejected: { reason: RejectionReason; actor?: string; skip_if_error?: string };
  request_cancelled: { actor: string; reason?: string; requested_by?: string };
};
