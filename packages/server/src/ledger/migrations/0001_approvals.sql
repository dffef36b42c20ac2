-- Every index names the query that needs it. Ids are UUID v7, so that "newest first" is "by id, descending".

create table approval_policy (
  id                      uuid primary key,
  policy_key              text not null,
  version                 integer not null,
  name                    text not null,
  description             text,
  status                  text not null check (status in ('draft', 'active', 'archived')),
  artifact_type           text not null,
  forbid_self_approval    boolean not null,
  forbid_repeat_approvers boolean not null,
  created_by              text,
  created_at              timestamptz not null,
  updated_at              timestamptz not null,
  -- versions of a key, newest first; also the guard against two writers taking the same version number
  unique (policy_key, version)
);
-- at most one active version a key, and the look-up at create
create unique index approval_policy_one_active on approval_policy (policy_key) where status = 'active';

create table approval_stage (
  id             uuid primary key,
  policy_id      uuid not null references approval_policy (id) on delete cascade,
  stage_order    integer not null,
  name           text not null,
  mode           text not null,
  mode_value     integer,
  sla_hours      integer,
  skip_if        jsonb,
  on_empty       text not null,
  parallel_group integer,
  on_breach      text,
  on_reject      text not null,
  unique (policy_id, stage_order)
);

create table approver_rule (
  id         uuid primary key,
  stage_id   uuid not null references approval_stage (id) on delete cascade,
  position   integer not null,
  escalation boolean not null,
  rule_type  text not null,
  rule_value jsonb not null,
  kind       text not null,
  required   boolean not null,
  unique (stage_id, escalation, position)
);

create table callback_secret (
  id              uuid primary key,
  name            text not null,
  -- AES-256-GCM, see webhooks/sealing; the value is shown once and never stored in the clear
  sealed          text not null,
  previous_sealed text,
  effective_at    timestamptz not null,
  created_at      timestamptz not null,
  deleted_at      timestamptz
);
-- one secret of a name at a time; the deployment's default secret is the one named 'default'
create unique index callback_secret_name on callback_secret (name) where deleted_at is null;

create table approval_request (
  id                  uuid primary key,
  policy_id           uuid not null references approval_policy (id),
  policy_key          text not null,
  policy_version      integer not null,
  artifact_type       text not null,
  artifact_id         text not null,
  source_service      text not null,
  requester           text,
  context             jsonb not null,
  callback_url        text,
  callback_secret_id  uuid references callback_secret (id),
  status              text not null check (status in ('pending', 'in_review', 'approved', 'rejected', 'cancelled')),
  current_stage_order integer not null,
  -- the number of events so far, and of commits so far: the guard of the one write path
  sequence            integer not null,
  revision            integer not null,
  -- how far each stage has come, as the engine's StageProgress[]
  stages              jsonb not null,
  -- the earliest retry of a failed look-up of people
  next_attempt_at     timestamptz,
  completed_at        timestamptz,
  created_at          timestamptz not null,
  updated_at          timestamptz not null
);
-- search by artifact, by type, by status; each ends in id, which is the order and the cursor
create index approval_request_artifact on approval_request (artifact_id, id);
create index approval_request_type on approval_request (artifact_type, id);
create index approval_request_status on approval_request (status, id);
-- due work: look-ups to be tried again
create index approval_request_due on approval_request (next_attempt_at) where next_attempt_at is not null;

create table approval_task (
  id              uuid primary key,
  request_id      uuid not null references approval_request (id) on delete cascade,
  stage_id        uuid not null,
  stage_order     integer not null,
  assignee        text not null,
  kind            text not null check (kind in ('approver', 'observer')),
  required        boolean not null,
  escalated       boolean not null,
  delegated_from  text,
  reassigned_from text,
  status          text not null
                  check (status in ('open', 'claimed', 'completed', 'skipped', 'expired', 'reassigned')),
  action          text check (action in ('approve', 'reject', 'abstain')),
  decided_by      text,
  decision_id     uuid,
  claimed_at      timestamptz,
  completed_at    timestamptz,
  due_at          timestamptz,
  created_at      timestamptz not null
);
-- load of an aggregate; tasks of a request
create index approval_task_request on approval_task (request_id, id);
-- inbox: all of a person's tasks, and those of one status
create index approval_task_assignee on approval_task (assignee, id);
create index approval_task_inbox on approval_task (assignee, status, id);
-- due work: tasks whose SLA passed; the same index gives the next due time to sleep until
create index approval_task_due on approval_task (due_at)
  where due_at is not null and status in ('open', 'claimed');

create table approval_decision (
  id              uuid primary key,
  request_id      uuid not null references approval_request (id) on delete cascade,
  -- one decision a task, by constraint
  task_id         uuid not null unique references approval_task (id) on delete cascade,
  stage_order     integer not null,
  actor           text not null,
  action          text not null check (action in ('approve', 'reject', 'abstain')),
  comment         text,
  attachments_ref text,
  created_at      timestamptz not null
);
create index approval_decision_request on approval_decision (request_id, id);

create table approval_event (
  id         uuid not null,
  request_id uuid not null references approval_request (id) on delete cascade,
  sequence   integer not null,
  event_type text not null,
  payload    jsonb not null,
  actor      text,
  created_at timestamptz not null,
  -- the timeline in order; no two events can take the same place
  primary key (request_id, sequence)
);

create table webhook_delivery (
  -- the event's own id: one delivery an event, by constraint
  id               uuid primary key,
  request_id       uuid not null references approval_request (id) on delete cascade,
  sequence         integer not null,
  event_type       text not null,
  -- the callback without query and fragment: what is limited and held back apart from others
  receiver         text not null,
  status           text not null check (status in ('pending', 'delivered', 'exhausted')),
  -- finished attempts since the delivery was made or last retried by hand
  attempt          integer not null,
  -- when it is due; while an attempt is under way, when its lease ends
  next_attempt_at  timestamptz,
  last_status_code integer,
  last_error       text,
  delivered_at     timestamptz,
  created_at       timestamptz not null,
  updated_at       timestamptz not null
);
-- due deliveries of one receiver; the receivers that have any
create index webhook_delivery_due on webhook_delivery (receiver, next_attempt_at) where status = 'pending';
-- the next due time over all receivers, to sleep until
create index webhook_delivery_next on webhook_delivery (next_attempt_at) where status = 'pending';
-- is an earlier first attempt of the same request still to be made? and: deliveries of a request
create index webhook_delivery_request on webhook_delivery (request_id, sequence);
-- admin list by status, newest first
create index webhook_delivery_status on webhook_delivery (status, id);

create table idempotency_key (
  -- keys of different callers never meet
  subject    text not null,
  key        text not null,
  body_hash  text not null,
  request_id uuid not null,
  -- the first answer, replayed byte for byte
  response   text not null,
  created_at timestamptz not null,
  primary key (subject, key)
);
-- retention deletes the oldest in batches
create index idempotency_key_age on idempotency_key (created_at);

create table user_delegation (
  id          uuid primary key,
  user_id     text not null,
  delegate_to text not null,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null,
  reason      text,
  created_by  text not null,
  created_at  timestamptz not null,
  check (ends_at > starts_at),
  check (user_id <> delegate_to)
);
-- the most recently created window of a person
create index user_delegation_user on user_delegation (user_id, id);
