import type { Action, RequestStatus, StageProgress, TaskStatus } from '@awe/engine/approval';
import type { EventType } from '@awe/engine/event';
import type { Instant } from '@awe/engine/instant';
import type { JsonObject, PolicyStatus, RuleKind } from '@awe/engine/policy';
import type { ColumnType, Generated } from 'kysely';

/** Comes out parsed, goes in as its text. */
type Jsonb<Value> = ColumnType<Value, string, string>;

export type ApprovalPolicyTable = {
  id: string;
  policy_key: string;
  version: number;
  name: string;
  description: string | null;
  status: PolicyStatus;
  artifact_type: string;
  forbid_self_approval: boolean;
  forbid_repeat_approvers: boolean;
  created_by: string | null;
  created_at: Instant;
  updated_at: Instant;
};

export type ApprovalStageTable = {
  id: string;
  policy_id: string;
  stage_order: number;
  name: string;
  mode: string;
  mode_value: number | null;
  sla_hours: number | null;
  skip_if: Jsonb<JsonObject | null>;
  on_empty: string;
  parallel_group: number | null;
  on_breach: string | null;
  on_reject: string;
};

export type ApproverRuleTable = {
  id: string;
  stage_id: string;
  position: number;
  escalation: boolean;
  rule_type: string;
  rule_value: Jsonb<JsonObject>;
  kind: string;
  required: boolean;
};

export type CallbackSecretTable = {
  id: string;
  name: string;
  sealed: string;
  previous_sealed: string | null;
  effective_at: Instant;
  created_at: Instant;
  deleted_at: Instant | null;
};

export type ApprovalRequestTable = {
  id: string;
  policy_id: string;
  policy_key: string;
  policy_version: number;
  artifact_type: string;
  artifact_id: string;
  source_service: string;
  requester: string | null;
  context: Jsonb<JsonObject>;
  callback_url: string | null;
  callback_secret_id: string | null;
  status: RequestStatus;
  current_stage_order: number;
  sequence: number;
  revision: number;
  stages: Jsonb<StageProgress[]>;
  next_attempt_at: Instant | null;
  completed_at: Instant | null;
  created_at: Instant;
  updated_at: Instant;
  head_hash: Buffer | null;
};

export type ApprovalTaskTable = {
  id: string;
  request_id: string;
  stage_id: string;
  stage_order: number;
  assignee: string;
  kind: RuleKind;
  required: boolean;
  escalated: boolean;
  delegated_from: string | null;
  reassigned_from: string | null;
  status: TaskStatus;
  action: Action | null;
  decided_by: string | null;
  decision_id: string | null;
  claimed_at: Instant | null;
  completed_at: Instant | null;
  due_at: Instant | null;
  created_at: Instant;
};

export type ApprovalDecisionTable = {
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

export type ApprovalEventTable = {
  id: string;
  request_id: string;
  sequence: number;
  event_type: EventType;
  payload: Jsonb<JsonObject>;
  actor: string | null;
  created_at: Instant;
  hash: Buffer | null;
  /** By the database's clock. */
  written_at: Generated<Instant>;
};

export type WebhookDeliveryTable = {
  id: string;
  request_id: string;
  sequence: number;
  event_type: EventType;
  receiver: string;
  status: 'pending' | 'delivered' | 'exhausted';
  attempt: number;
  next_attempt_at: Instant | null;
  last_status_code: number | null;
  last_error: string | null;
  delivered_at: Instant | null;
  created_at: Instant;
  updated_at: Instant;
  /** The last of them, oldest first. */
  attempts: ColumnType<DeliveryAttempt[], never, never>;
};

export type DeliveryAttempt = {
  /** When it ended. */
  at: Instant;
  duration_ms: number;
  status_code: number | null;
  error: string | null;
};

export type PausedReceiverTable = {
  receiver: string;
  reason: string | null;
  paused_by: string;
  paused_at: Instant;
};

export type IdempotencyKeyTable = {
  subject: string;
  key: string;
  body_hash: string;
  request_id: string;
  response: string;
  created_at: Instant;
};

export type UserDelegationTable = {
  id: string;
  user_id: string;
  delegate_to: string;
  starts_at: Instant;
  ends_at: Instant;
  reason: string | null;
  created_by: string;
  created_at: Instant;
};

export type AuditActionTable = {
  id: string;
  /** Given by the database, as is `hash`. */
  sequence: Generated<number>;
  occurred_at: Instant;
  actor: string;
  actor_email: string | null;
  action: string;
  resource_type: string;
  resource_id: string;
  summary: string;
  before: Jsonb<JsonObject | null>;
  after: Jsonb<JsonObject | null>;
  metadata: Jsonb<JsonObject>;
  digest: Buffer;
  hash: Generated<Buffer>;
};

export type AuditHeadTable = { single: Generated<boolean>; sequence: number; hash: Buffer };

export type CheckpointKeyTable = {
  id: string;
  public_jwk: Jsonb<JsonObject>;
  sealed: string;
  created_at: Instant;
  retired_at: Instant | null;
};

export type CheckpointTable = {
  number: number;
  id: string;
  key_id: string;
  jws: string;
  scanned_until: Instant | null;
};

export type CheckpointEntryTable = { request_id: string; sequence: number; hash: Buffer; number: number };

export type ArchivedRequestTable = {
  request_id: string;
  sequence: number;
  head_hash: Buffer | null;
  archived_at: Instant;
};

/** What Kysely knows about the schema: each table as its rows come out. A test holds it against the database. */
export type Tables = {
  approval_policy: ApprovalPolicyTable;
  approval_stage: ApprovalStageTable;
  approver_rule: ApproverRuleTable;
  callback_secret: CallbackSecretTable;
  approval_request: ApprovalRequestTable;
  approval_task: ApprovalTaskTable;
  approval_decision: ApprovalDecisionTable;
  approval_event: ApprovalEventTable;
  webhook_delivery: WebhookDeliveryTable;
  paused_receiver: PausedReceiverTable;
  idempotency_key: IdempotencyKeyTable;
  user_delegation: UserDelegationTable;
  audit_action: AuditActionTable;
  audit_head: AuditHeadTable;
  checkpoint_key: CheckpointKeyTable;
  checkpoint: CheckpointTable;
  checkpoint_entry: CheckpointEntryTable;
  archived_request: ArchivedRequestTable;
};
