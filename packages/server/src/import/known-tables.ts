import type { ColumnKind } from '../ledger/import-layout.ts';

/**
 * What we know of a table of the reference implementation: the properties that its API shows, and foreign keys named
 * `<parent>_id`. `needed` must be there; `taken` is used where it is there; `passed` is known to say nothing that matters.
 */
export type KnownTable = {
  isNeeded: boolean;
  needed: Readonly<Record<string, ColumnKind>>;
  taken: Readonly<Record<string, ColumnKind>>;
  passed: readonly string[];
};

const TOUCHED = ['created_at', 'updated_at'];

/** Tables that are read. A column that is not listed could change what the others mean, so that it is asked about. */
export const KNOWN_TABLES = {
  approval_policy: {
    isNeeded: true,
    needed: {
      id: 'id',
      policy_key: 'text',
      version: 'integer',
      name: 'text',
      status: 'text',
      artifact_type: 'text',
      forbid_self_approval: 'boolean',
      forbid_repeat_approvers: 'boolean',
      created_at: 'time',
      updated_at: 'time',
    },
    taken: { description: 'text', created_by: 'text' },
    passed: [],
  },
  approval_stage: {
    isNeeded: true,
    needed: {
      id: 'id',
      policy_id: 'id',
      stage_order: 'integer',
      name: 'text',
      mode: 'text',
      mode_value: 'integer',
      sla_hours: 'integer',
      skip_if: 'json',
      on_empty: 'text',
      parallel_group: 'integer',
      on_breach: 'text',
    },
    taken: { escalation_rules: 'json', on_reject: 'text' },
    passed: TOUCHED,
  },
  approver_rule: {
    isNeeded: true,
    needed: {
      id: 'id',
      stage_id: 'id',
      rule_type: 'text',
      rule_value: 'json',
      kind: 'text',
      required: 'boolean',
    },
    taken: { position: 'integer', escalation: 'boolean' },
    passed: TOUCHED,
  },
  approval_request: {
    isNeeded: true,
    needed: {
      id: 'id',
      policy_id: 'id',
      artifact_type: 'text',
      artifact_id: 'text',
      source_service: 'text',
      requester: 'text',
      context: 'json',
      status: 'text',
      current_stage_order: 'integer',
      callback_url: 'text',
      completed_at: 'time',
      created_at: 'time',
      updated_at: 'time',
    },
    taken: { policy_key: 'text', policy_version: 'integer', callback_secret_id: 'id' },
    passed: [],
  },
  approval_task: {
    isNeeded: true,
    needed: {
      id: 'id',
      request_id: 'id',
      stage_id: 'id',
      assignee: 'text',
      kind: 'text',
      delegated_from: 'text',
      reassigned_from: 'text',
      status: 'text',
      claimed_at: 'time',
      completed_at: 'time',
      due_at: 'time',
      created_at: 'time',
    },
    taken: { stage_order: 'integer', decision_id: 'id', required: 'boolean' },
    passed: ['updated_at'],
  },
  approval_decision: {
    isNeeded: true,
    needed: { id: 'id', task_id: 'id', actor: 'text', action: 'text', created_at: 'time' },
    taken: { request_id: 'id', stage_order: 'integer', comment: 'text', attachments_ref: 'text' },
    passed: ['updated_at'],
  },
  approval_event: {
    isNeeded: true,
    needed: { id: 'id', request_id: 'id', event_type: 'text', payload: 'json', created_at: 'time' },
    taken: { sequence: 'integer', actor: 'text' },
    passed: ['updated_at'],
  },
  user_delegation: {
    isNeeded: false,
    needed: {
      id: 'id',
      user_id: 'text',
      delegate_to: 'text',
      starts_at: 'time',
      ends_at: 'time',
      created_at: 'time',
    },
    taken: { reason: 'text', created_by: 'text' },
    passed: ['updated_at'],
  },
} as const satisfies Record<string, KnownTable>;

export type KnownTableName = keyof typeof KNOWN_TABLES;

/** Tables of which only the rows are counted, and what it means that they stay behind. */
export const STAYING_TABLES = {
  callback_secret:
    'they are encrypted with the key of the old service: make each anew here (awe secret create), and name the pairs under "secrets" in the mapping file',
  idempotency_key:
    'a caller that repeats, after the switch, a create from before it makes a second request: let all retries end before the freeze',
  webhook_delivery:
    'what was not delivered is not sent from here: let the old service empty its queue, and keep its database for the history',
  audit_action: 'what administrators did before the switch stays in the old database: keep a dump',
} as const;

export type StayingTableName = keyof typeof STAYING_TABLES;
