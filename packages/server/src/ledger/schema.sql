-- The schema that the migrations add up to, as PostgreSQL describes it. Generated: npm run schema

create table approval_decision (
  id uuid not null,
  request_id uuid not null,
  task_id uuid not null,
  stage_order integer not null,
  actor text not null,
  action text not null,
  comment text,
  attachments_ref text,
  created_at timestamp with time zone not null,
  constraint approval_decision_pkey PRIMARY KEY (id),
  constraint approval_decision_action_check CHECK ((action = ANY (ARRAY['approve'::text, 'reject'::text, 'abstain'::text]))),
  constraint approval_decision_request_id_fkey FOREIGN KEY (request_id) REFERENCES approval_request(id) ON DELETE CASCADE,
  constraint approval_decision_task_id_fkey FOREIGN KEY (task_id) REFERENCES approval_task(id) ON DELETE CASCADE,
  constraint approval_decision_task_id_key UNIQUE (task_id)
);
CREATE INDEX approval_decision_request ON approval_decision USING btree (request_id, id);

create table approval_event (
  id uuid not null,
  request_id uuid not null,
  sequence integer not null,
  event_type text not null,
  payload jsonb not null,
  actor text,
  created_at timestamp with time zone not null,
  hash bytea,
  written_at timestamp with time zone not null default now(),
  constraint approval_event_pkey PRIMARY KEY (request_id, sequence),
  constraint approval_event_request_id_fkey FOREIGN KEY (request_id) REFERENCES approval_request(id) ON DELETE CASCADE
);
CREATE INDEX approval_event_written ON approval_event USING brin (written_at);

create table approval_policy (
  id uuid not null,
  policy_key text not null,
  version integer not null,
  name text not null,
  description text,
  status text not null,
  artifact_type text not null,
  forbid_self_approval boolean not null,
  forbid_repeat_approvers boolean not null,
  created_by text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint approval_policy_pkey PRIMARY KEY (id),
  constraint approval_policy_policy_key_version_key UNIQUE (policy_key, version),
  constraint approval_policy_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'archived'::text])))
);
CREATE UNIQUE INDEX approval_policy_one_active ON approval_policy USING btree (policy_key) WHERE (status = 'active'::text);

create table approval_request (
  id uuid not null,
  policy_id uuid not null,
  policy_key text not null,
  policy_version integer not null,
  artifact_type text not null,
  artifact_id text not null,
  source_service text not null,
  requester text,
  context jsonb not null,
  callback_url text,
  callback_secret_id uuid,
  status text not null,
  current_stage_order integer not null,
  sequence integer not null,
  revision integer not null,
  stages jsonb not null,
  next_attempt_at timestamp with time zone,
  completed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  head_hash bytea,
  constraint approval_request_pkey PRIMARY KEY (id),
  constraint approval_request_callback_secret_id_fkey FOREIGN KEY (callback_secret_id) REFERENCES callback_secret(id),
  constraint approval_request_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES approval_policy(id),
  constraint approval_request_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'in_review'::text, 'approved'::text, 'rejected'::text, 'cancelled'::text])))
);
CREATE INDEX approval_request_artifact ON approval_request USING btree (artifact_id, id);
CREATE INDEX approval_request_completed ON approval_request USING brin (completed_at);
CREATE INDEX approval_request_created ON approval_request USING brin (created_at);
CREATE INDEX approval_request_due ON approval_request USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX approval_request_status ON approval_request USING btree (status, id);
CREATE INDEX approval_request_type ON approval_request USING btree (artifact_type, id);

create table approval_stage (
  id uuid not null,
  policy_id uuid not null,
  stage_order integer not null,
  name text not null,
  mode text not null,
  mode_value integer,
  sla_hours integer,
  skip_if jsonb,
  on_empty text not null,
  parallel_group integer,
  on_breach text,
  on_reject text not null,
  constraint approval_stage_pkey PRIMARY KEY (id),
  constraint approval_stage_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES approval_policy(id) ON DELETE CASCADE,
  constraint approval_stage_policy_id_stage_order_key UNIQUE (policy_id, stage_order)
);

create table approval_task (
  id uuid not null,
  request_id uuid not null,
  stage_id uuid not null,
  stage_order integer not null,
  assignee text not null,
  kind text not null,
  required boolean not null,
  escalated boolean not null,
  delegated_from text,
  reassigned_from text,
  status text not null,
  action text,
  decided_by text,
  decision_id uuid,
  claimed_at timestamp with time zone,
  completed_at timestamp with time zone,
  due_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint approval_task_pkey PRIMARY KEY (id),
  constraint approval_task_action_check CHECK ((action = ANY (ARRAY['approve'::text, 'reject'::text, 'abstain'::text]))),
  constraint approval_task_kind_check CHECK ((kind = ANY (ARRAY['approver'::text, 'observer'::text]))),
  constraint approval_task_request_id_fkey FOREIGN KEY (request_id) REFERENCES approval_request(id) ON DELETE CASCADE,
  constraint approval_task_status_check CHECK ((status = ANY (ARRAY['open'::text, 'claimed'::text, 'completed'::text, 'skipped'::text, 'expired'::text, 'reassigned'::text])))
);
CREATE INDEX approval_task_assignee ON approval_task USING btree (assignee, id);
CREATE INDEX approval_task_due ON approval_task USING btree (due_at) WHERE ((due_at IS NOT NULL) AND (status = ANY (ARRAY['open'::text, 'claimed'::text])));
CREATE INDEX approval_task_expired ON approval_task USING btree (request_id) WHERE (status = 'expired'::text);
CREATE INDEX approval_task_inbox ON approval_task USING btree (assignee, status, id);
CREATE INDEX approval_task_request ON approval_task USING btree (request_id, id);

create table approver_rule (
  id uuid not null,
  stage_id uuid not null,
  "position" integer not null,
  escalation boolean not null,
  rule_type text not null,
  rule_value jsonb not null,
  kind text not null,
  required boolean not null,
  constraint approver_rule_pkey PRIMARY KEY (id),
  constraint approver_rule_stage_id_escalation_position_key UNIQUE (stage_id, escalation, "position"),
  constraint approver_rule_stage_id_fkey FOREIGN KEY (stage_id) REFERENCES approval_stage(id) ON DELETE CASCADE
);

create table archived_request (
  request_id uuid not null,
  sequence integer not null,
  head_hash bytea,
  archived_at timestamp with time zone not null,
  constraint archived_request_pkey PRIMARY KEY (request_id)
);

create table audit_action (
  id uuid not null,
  sequence bigint not null,
  occurred_at timestamp with time zone not null,
  actor text not null,
  actor_email text,
  action text not null,
  resource_type text not null,
  resource_id text not null,
  summary text not null,
  before jsonb,
  after jsonb,
  metadata jsonb not null,
  digest bytea not null,
  hash bytea not null,
  constraint audit_action_pkey PRIMARY KEY (id),
  constraint audit_action_sequence_key UNIQUE (sequence)
);
CREATE INDEX audit_action_action ON audit_action USING btree (action, id);
CREATE INDEX audit_action_actor ON audit_action USING btree (actor, id);
CREATE INDEX audit_action_resource ON audit_action USING btree (resource_type, resource_id, id);

create table audit_head (
  single boolean not null default true,
  sequence bigint not null,
  hash bytea not null,
  constraint audit_head_pkey PRIMARY KEY (single),
  constraint audit_head_single_check CHECK (single)
);

create table callback_secret (
  id uuid not null,
  name text not null,
  sealed text not null,
  previous_sealed text,
  effective_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint callback_secret_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX callback_secret_name ON callback_secret USING btree (name) WHERE (deleted_at IS NULL);

create table checkpoint (
  number bigint not null,
  id uuid not null,
  key_id text not null,
  jws text not null,
  scanned_until timestamp with time zone,
  constraint checkpoint_pkey PRIMARY KEY (number),
  constraint checkpoint_id_key UNIQUE (id),
  constraint checkpoint_key_id_fkey FOREIGN KEY (key_id) REFERENCES checkpoint_key(id)
);

create table checkpoint_entry (
  request_id uuid not null,
  sequence integer not null,
  hash bytea not null,
  number bigint not null,
  constraint checkpoint_entry_pkey PRIMARY KEY (request_id, sequence),
  constraint checkpoint_entry_number_fkey FOREIGN KEY (number) REFERENCES checkpoint(number)
);
CREATE INDEX checkpoint_entry_number ON checkpoint_entry USING btree (number, request_id);

create table checkpoint_key (
  id text not null,
  public_jwk jsonb not null,
  sealed text not null,
  created_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint checkpoint_key_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX checkpoint_key_one_in_use ON checkpoint_key USING btree ((true)) WHERE (retired_at IS NULL);

create table idempotency_key (
  subject text not null,
  key text not null,
  body_hash text not null,
  request_id uuid not null,
  response text not null,
  created_at timestamp with time zone not null,
  constraint idempotency_key_pkey PRIMARY KEY (subject, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key USING btree (created_at);

create table paused_receiver (
  receiver text not null,
  reason text,
  paused_by text not null,
  paused_at timestamp with time zone not null,
  constraint paused_receiver_pkey PRIMARY KEY (receiver)
);

create table user_delegation (
  id uuid not null,
  user_id text not null,
  delegate_to text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  reason text,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint user_delegation_pkey PRIMARY KEY (id),
  constraint user_delegation_check CHECK ((ends_at > starts_at)),
  constraint user_delegation_check1 CHECK ((user_id <> delegate_to))
);
CREATE INDEX user_delegation_user ON user_delegation USING btree (user_id, id);

create table webhook_delivery (
  id uuid not null,
  request_id uuid not null,
  sequence integer not null,
  event_type text not null,
  receiver text not null,
  status text not null,
  attempt integer not null,
  next_attempt_at timestamp with time zone,
  last_status_code integer,
  last_error text,
  delivered_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  attempts jsonb not null default '[]'::jsonb,
  constraint webhook_delivery_pkey PRIMARY KEY (id),
  constraint webhook_delivery_request_id_fkey FOREIGN KEY (request_id) REFERENCES approval_request(id) ON DELETE CASCADE,
  constraint webhook_delivery_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'exhausted'::text])))
);
CREATE INDEX webhook_delivery_due ON webhook_delivery USING btree (receiver, next_attempt_at) WHERE (status = 'pending'::text);
CREATE INDEX webhook_delivery_exhausted ON webhook_delivery USING btree (receiver, id) WHERE (status = 'exhausted'::text);
CREATE INDEX webhook_delivery_next ON webhook_delivery USING btree (next_attempt_at) WHERE (status = 'pending'::text);
CREATE INDEX webhook_delivery_request ON webhook_delivery USING btree (request_id, sequence);
CREATE INDEX webhook_delivery_status ON webhook_delivery USING btree (status, id);
