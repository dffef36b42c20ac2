import type { AuditOut } from './audit.ts';
import type { DelegationIn, DelegationOut } from './delegations.ts';
import type { DeliveryOut } from './deliveries.ts';
import { type HealthResponse, successEnvelope, type VersionResponse } from './envelope.ts';
import type { CheckpointOut, ProofOut } from './integrity.ts';
import type { PolicyCreate, PolicyOut, PolicyVersionOut } from './policies.ts';
import type { CancelRequest, CreateRequestIn, CreateRequestOut, EventOut, RequestOut } from './requests.ts';
import type { SecretOut, SecretValueOut } from './secrets.ts';
import type { SimulateRequest, SimulateResponse } from './simulation.ts';
import type { DecisionIn, DecisionOut, ReassignIn, TaskOut } from './tasks.ts';
import type { WebhookEvent } from './webhook-event.ts';

// One story for the whole document: a registry asks for approval of a change to a farmer's record. A district officer
// looks first, then the director, who is away and represented by a deputy.

const POLICY = '01985c3e-6a10-7c1e-8a00-000000000001';
const DISTRICT = '01985c3e-6a10-7c1e-8a00-000000000011';
const DIRECTOR = '01985c3e-6a10-7c1e-8a00-000000000012';
const REQUEST = '01985d02-1f40-7b52-9c00-000000000021';
const TASK = '01985d02-1f40-7b52-9c00-000000000031';
const DECISION = '01985d5b-77e8-7d0a-9e00-000000000041';
const EVENT = '01985d5b-77e8-7d0a-9e00-000000000051';

const written = '2026-04-20T08:15:00.000Z';
const asked = '2026-04-23T10:00:00.000Z';
const decided = '2026-04-23T11:37:30.000Z';

export const policyDraft: PolicyCreate = {
  policy_key: 'farmer-change',
  name: 'Change of a farmer record',
  description: 'A district officer looks first; large changes go to the director.',
  artifact_type: 'change_request',
  forbid_self_approval: true,
  forbid_repeat_approvers: true,
  stages: [
    {
      name: 'District review',
      stage_order: 1,
      mode: 'any-n',
      mode_value: 1,
      sla_hours: 48,
      on_breach: 'notify',
      rules: [{ rule_type: 'role', rule_value: { role: 'DISTRICT_OFFICER' } }],
    },
    {
      name: 'Director',
      stage_order: 2,
      skip_if: { '<': [{ var: 'amount' }, 1000] },
      rules: [{ rule_type: 'user', rule_value: { user_id: 'u-chen' }, required: true }],
    },
  ],
};

const storedStage = { on_empty: 'block', parallel_group: null, on_reject: 'veto', escalation_rules: [] };

export const policy: PolicyOut = {
  id: POLICY,
  policy_key: 'farmer-change',
  version: 1,
  name: 'Change of a farmer record',
  description: 'A district officer looks first; large changes go to the director.',
  status: 'draft',
  artifact_type: 'change_request',
  forbid_self_approval: true,
  forbid_repeat_approvers: true,
  created_by: 'u-admin',
  created_at: written,
  updated_at: written,
  stages: [
    {
      ...storedStage,
      id: DISTRICT,
      name: 'District review',
      stage_order: 1,
      mode: 'any-n',
      mode_value: 1,
      sla_hours: 48,
      skip_if: null,
      on_breach: 'notify',
      rules: [
        {
          id: '01985c3e-6a10-7c1e-8a00-000000000013',
          rule_type: 'role',
          rule_value: { role: 'DISTRICT_OFFICER' },
          kind: 'approver',
          required: false,
        },
      ],
    },
    {
      ...storedStage,
      id: DIRECTOR,
      name: 'Director',
      stage_order: 2,
      mode: 'all',
      mode_value: null,
      sla_hours: null,
      skip_if: { '<': [{ var: 'amount' }, 1000] },
      on_breach: null,
      rules: [
        {
          id: '01985c3e-6a10-7c1e-8a00-000000000014',
          rule_type: 'user',
          rule_value: { user_id: 'u-chen' },
          kind: 'approver',
          required: true,
        },
      ],
    },
  ],
};

/** The example policy in another status. */
export function policyAs(status: 'active' | 'archived'): PolicyOut {
  return { ...policy, status, updated_at: '2026-04-20T09:00:00.000Z' };
}

export const policyVersion: PolicyVersionOut = {
  id: POLICY,
  policy_key: 'farmer-change',
  version: 1,
  status: 'active',
  created_at: written,
};

export const sample: SimulateRequest = { context: { amount: 2500, district: 'D1' }, requester: 'u-clerk' };

export const simulation: SimulateResponse = {
  policy_id: POLICY,
  policy_version: 1,
  stages: [
    {
      stage_order: 1,
      name: 'District review',
      mode: 'any-n',
      mode_value: 1,
      resolved_approvers: ['u-amina', 'u-bao'],
      skipped: false,
      skip_reason: null,
    },
    {
      stage_order: 2,
      name: 'Director',
      mode: 'all',
      mode_value: null,
      resolved_approvers: ['u-deputy'],
      skipped: false,
      skip_reason: null,
    },
  ],
};

export const requestIn: CreateRequestIn = {
  policy_key: 'farmer-change',
  artifact_type: 'change_request',
  artifact_id: 'CR-2026-00042',
  context: { amount: 2500, district: 'D1' },
  callback_url: 'https://registry.example/approvals',
  requester: 'u-clerk',
};

export const task: TaskOut = {
  id: TASK,
  request_id: REQUEST,
  stage_id: DISTRICT,
  stage_order: 1,
  assignee: 'u-amina',
  kind: 'approver',
  delegated_from: null,
  reassigned_from: null,
  status: 'open',
  claimed_at: null,
  completed_at: null,
  due_at: '2026-04-25T10:00:00.000Z',
  decision_id: null,
  created_at: asked,
};

export const claimedTask: TaskOut = { ...task, status: 'claimed', claimed_at: '2026-04-23T11:30:00.000Z' };

export const reassignIn: ReassignIn = { new_assignee: 'u-dara', reason: 'Amina moved to another district' };

export const reassignedTask: TaskOut = {
  ...task,
  id: '01985d40-02d8-7f11-9d00-000000000032',
  assignee: 'u-dara',
  reassigned_from: 'u-amina',
  created_at: '2026-04-23T11:07:30.000Z',
};

export const started: CreateRequestOut = {
  request_id: REQUEST,
  status: 'in_review',
  current_stage_order: 1,
  tasks: [task],
};

export const request: RequestOut = {
  id: REQUEST,
  policy_id: POLICY,
  policy_key: 'farmer-change',
  policy_version: 1,
  artifact_type: 'change_request',
  artifact_id: 'CR-2026-00042',
  source_service: 'registry',
  requester: 'u-clerk',
  context: { amount: 2500, district: 'D1' },
  status: 'in_review',
  current_stage_order: 1,
  callback_url: 'https://registry.example/approvals',
  completed_at: null,
  created_at: asked,
  updated_at: asked,
};

export const cancellation: CancelRequest = { reason: 'The farmer withdrew the change', actor: 'u-clerk' };

export const cancelledRequest: RequestOut = {
  ...request,
  status: 'cancelled',
  completed_at: decided,
  updated_at: decided,
};

const stageCompleted = {
  request_id: REQUEST,
  artifact_type: 'change_request',
  artifact_id: 'CR-2026-00042',
  status: 'in_review',
  stage_order: 1,
  outcome: 'approved',
};

export const event: EventOut = {
  id: EVENT,
  request_id: REQUEST,
  event_type: 'stage_completed',
  payload: stageCompleted,
  created_at: decided,
};

export const webhookEvent: WebhookEvent = {
  event_id: EVENT,
  event_type: 'stage_completed',
  request_id: REQUEST,
  artifact_type: 'change_request',
  artifact_id: 'CR-2026-00042',
  status: 'in_review',
  stage_order: 1,
  actor: 'u-amina',
  occurred_at: decided,
  sequence: 5,
  data: stageCompleted,
};

export const decisionIn: DecisionIn = { action: 'approve', comment: 'Checked against the land register' };

export const decision: DecisionOut = {
  id: DECISION,
  request_id: REQUEST,
  task_id: TASK,
  stage_order: 1,
  actor: 'u-amina',
  action: 'approve',
  comment: 'Checked against the land register',
  attachments_ref: null,
  created_at: decided,
};

export const delegationIn: DelegationIn = {
  user_id: 'u-chen',
  delegate_to: 'u-deputy',
  starts_at: '2026-04-20T00:00:00.000Z',
  ends_at: '2026-05-04T00:00:00.000Z',
  reason: 'annual leave',
};

export const delegation: DelegationOut = {
  ...delegationIn,
  id: '01985c40-3b90-7aa3-8b00-000000000061',
  created_by: 'u-admin',
  created_at: '2026-04-19T16:20:00.000Z',
};

export const delivery: DeliveryOut = {
  id: '01985d5b-77e8-7d0a-9e00-000000000071',
  request_id: REQUEST,
  event_id: EVENT,
  event_type: 'stage_completed',
  sequence: 5,
  callback_url: 'https://registry.example/approvals',
  receiver: 'https://registry.example/approvals',
  status: 'exhausted',
  attempt: 6,
  max_attempts: 6,
  next_attempt_at: null,
  last_status_code: 502,
  last_error: 'the receiver answered 502',
  delivered_at: null,
  created_at: decided,
};

export const retriedDelivery: DeliveryOut = {
  ...delivery,
  status: 'pending',
  attempt: 0,
  next_attempt_at: '2026-04-24T07:00:00.000Z',
};

export const secret: SecretOut = {
  id: '01985c41-0b20-7e11-8c00-000000000081',
  name: 'land-registry',
  created_at: written,
  effective_at: written,
};

export const secretValue: SecretValueOut = { ...secret, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };

export const audit: AuditOut = {
  id: '01985c42-77d0-7b3a-8d00-000000000091',
  sequence: 42,
  occurred_at: written,
  actor: 'u-admin',
  actor_email: 'admin@registry.example',
  action: 'delegation.create',
  resource_type: 'delegation',
  resource_id: delegation.id,
  summary: 'Let u-deputy stand in for u-chen',
  before: null,
  after: { ...delegation },
  metadata: {},
  hash: 'c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2',
};

const head = '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03';
const jws =
  'eyJhbGciOiJFZERTQSIsInR5cCI6ImF3ZS1jaGVja3BvaW50In0.eyJudW1iZXIiOjd9.2hJ0bTgWJmVnT3pRr8dV6xk0sYcQ';

export const checkpoint: CheckpointOut = {
  id: '01985d6a-0b20-7c3d-8e00-0000000000a1',
  number: 7,
  created_at: '2026-04-23T12:00:00.000Z',
  previous: '4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865',
  audit: { sequence: audit.sequence, hash: audit.hash },
  requests: { count: 1, root: '53c234e5e8472b6ac51c1ae1cab3fe06fad053beb8ebfd8977b010655bfdd3c3' },
  more: false,
  jws,
  key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', alg: 'EdDSA' },
};

export const proof: ProofOut = {
  request_id: REQUEST,
  valid: true,
  sequence: 5,
  head,
  covered_from: 1,
  faults: [],
  checkpoint: { number: checkpoint.number, sequence: 5, hash: head, jws },
};

export const exportLines = `${[
  { type: 'export', format: 1, created_at: decided, since: null, until: null },
  { type: 'checkpoint', number: checkpoint.number, jws },
  { type: 'checkpoint_entry', number: checkpoint.number, request_id: REQUEST, sequence: 5, hash: head },
  { type: 'end', lines: 3 },
]
  .map((line) => JSON.stringify(line))
  .join('\n')}\n`;

export const health: HealthResponse = successEnvelope({ status: 'healthy' }, asked);

export const version: VersionResponse = successEnvelope(
  { service_version: '0.1.0', build_time: written, git_commit: '4f2a9c1' },
  asked,
);
