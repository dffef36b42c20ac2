import { readFile } from 'node:fs/promises';
import type { Database } from '@awe/server/ledger/database';
import { dumpSchema } from '@awe/server/ledger/schema-dump';
import type { Tables } from '@awe/server/ledger/tables';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, openFresh } from '../postgres.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openFresh(fresh);
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

it('is written down in schema.sql (else: npm run schema)', async () => {
  const file = new URL('../../src/ledger/schema.sql', import.meta.url);
  expect(await dumpSchema(database.pool)).toBe(await readFile(file, 'utf8'));
});

type Nullability = { [Table in keyof Tables]: { [Column in keyof Tables[Table]]: 'null' | 'not null' } };

/** The compiler holds the names against {@link Tables}, the test below holds them against the database. */
const COLUMNS: Nullability = {
  approval_policy: {
    id: 'not null',
    policy_key: 'not null',
    version: 'not null',
    name: 'not null',
    description: 'null',
    status: 'not null',
    artifact_type: 'not null',
    forbid_self_approval: 'not null',
    forbid_repeat_approvers: 'not null',
    created_by: 'null',
    created_at: 'not null',
    updated_at: 'not null',
  },
  approval_stage: {
    id: 'not null',
    policy_id: 'not null',
    stage_order: 'not null',
    name: 'not null',
    mode: 'not null',
    mode_value: 'null',
    sla_hours: 'null',
    skip_if: 'null',
    on_empty: 'not null',
    parallel_group: 'null',
    on_breach: 'null',
    on_reject: 'not null',
  },
  approver_rule: {
    id: 'not null',
    stage_id: 'not null',
    position: 'not null',
    escalation: 'not null',
    rule_type: 'not null',
    rule_value: 'not null',
    kind: 'not null',
    required: 'not null',
  },
  callback_secret: {
    id: 'not null',
    name: 'not null',
    sealed: 'not null',
    previous_sealed: 'null',
    effective_at: 'not null',
    created_at: 'not null',
    deleted_at: 'null',
  },
  approval_request: {
    id: 'not null',
    policy_id: 'not null',
    policy_key: 'not null',
    policy_version: 'not null',
    artifact_type: 'not null',
    artifact_id: 'not null',
    source_service: 'not null',
    requester: 'null',
    context: 'not null',
    callback_url: 'null',
    callback_secret_id: 'null',
    status: 'not null',
    current_stage_order: 'not null',
    sequence: 'not null',
    revision: 'not null',
    stages: 'not null',
    next_attempt_at: 'null',
    completed_at: 'null',
    created_at: 'not null',
    updated_at: 'not null',
    head_hash: 'null',
  },
  approval_task: {
    id: 'not null',
    request_id: 'not null',
    stage_id: 'not null',
    stage_order: 'not null',
    assignee: 'not null',
    kind: 'not null',
    required: 'not null',
    escalated: 'not null',
    delegated_from: 'null',
    reassigned_from: 'null',
    status: 'not null',
    action: 'null',
    decided_by: 'null',
    decision_id: 'null',
    claimed_at: 'null',
    completed_at: 'null',
    due_at: 'null',
    created_at: 'not null',
  },
  approval_decision: {
    id: 'not null',
    request_id: 'not null',
    task_id: 'not null',
    stage_order: 'not null',
    actor: 'not null',
    action: 'not null',
    comment: 'null',
    attachments_ref: 'null',
    created_at: 'not null',
  },
  approval_event: {
    id: 'not null',
    request_id: 'not null',
    sequence: 'not null',
    event_type: 'not null',
    payload: 'not null',
    actor: 'null',
    created_at: 'not null',
    hash: 'null',
    written_at: 'not null',
  },
  webhook_delivery: {
    id: 'not null',
    request_id: 'not null',
    sequence: 'not null',
    event_type: 'not null',
    receiver: 'not null',
    status: 'not null',
    attempt: 'not null',
    next_attempt_at: 'null',
    last_status_code: 'null',
    last_error: 'null',
    delivered_at: 'null',
    created_at: 'not null',
    updated_at: 'not null',
    attempts: 'not null',
  },
  paused_receiver: {
    receiver: 'not null',
    reason: 'null',
    paused_by: 'not null',
    paused_at: 'not null',
  },
  idempotency_key: {
    subject: 'not null',
    key: 'not null',
    body_hash: 'not null',
    request_id: 'not null',
    response: 'not null',
    created_at: 'not null',
  },
  user_delegation: {
    id: 'not null',
    user_id: 'not null',
    delegate_to: 'not null',
    starts_at: 'not null',
    ends_at: 'not null',
    reason: 'null',
    created_by: 'not null',
    created_at: 'not null',
  },
  audit_action: {
    id: 'not null',
    sequence: 'not null',
    occurred_at: 'not null',
    actor: 'not null',
    actor_email: 'null',
    action: 'not null',
    resource_type: 'not null',
    resource_id: 'not null',
    summary: 'not null',
    before: 'null',
    after: 'null',
    metadata: 'not null',
    digest: 'not null',
    hash: 'not null',
  },
  audit_head: { single: 'not null', sequence: 'not null', hash: 'not null' },
  checkpoint_key: {
    id: 'not null',
    public_jwk: 'not null',
    sealed: 'not null',
    created_at: 'not null',
    retired_at: 'null',
  },
  checkpoint: {
    number: 'not null',
    id: 'not null',
    key_id: 'not null',
    jws: 'not null',
    scanned_until: 'null',
  },
  checkpoint_entry: { request_id: 'not null', sequence: 'not null', hash: 'not null', number: 'not null' },
  archived_request: {
    request_id: 'not null',
    sequence: 'not null',
    head_hash: 'null',
    archived_at: 'not null',
  },
};

it('is what Kysely believes it is', async () => {
  const { rows } = await database.pool.query<{ table: string; columns: Record<string, string> }>(`
    select c.relname as table,
           json_object_agg(a.attname, case when a.attnotnull then 'not null' else 'null' end) as columns
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname !~ '^awe_migration'
     group by c.relname`);
  expect(Object.fromEntries(rows.map((row) => [row.table, row.columns]))).toEqual(COLUMNS);
});
