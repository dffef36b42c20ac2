/**
 * The one write path: any number of change sets in one statement, each of which wins or loses alone.
 *
 * Locks, always in this order, so that two replicas cannot wait for each other: idempotency keys in key order, then
 * requests in id order, then the head of the audit chain (a trigger takes it). `locked` reads `claimed_key` for that reason
 * alone. A request is locked only at the revision
 * the change was decided on: a faster writer's commit makes the row fall out when the lock is had, and everything
 * that hangs on `won` stays unwritten.
 *
 * One JSON parameter a table (see {@link COMMIT_PARAMETERS}): in one parameter for all, the planner carries the whole of
 * it through every join, which spills to disk (85 flows/s instead of thousands).
 * Indexes: primary keys only. Returns the ids of the requests that were written.
 */
export const COMMIT = `
with claimed_key as (
  insert into idempotency_key (subject, key, body_hash, request_id, response, created_at)
  select k.subject, k.key, k.body_hash, k.request_id, k.response, k.created_at
  from jsonb_to_recordset($1) as k (
    subject text, key text, body_hash text, request_id uuid, response text, created_at timestamptz
  )
  order by k.subject, k.key
  on conflict (subject, key) do nothing
  returning request_id
),
created as (
  insert into approval_request (
    id, policy_id, policy_key, policy_version, artifact_type, artifact_id, source_service, requester, context,
    callback_url, callback_secret_id, status, current_stage_order, sequence, revision, stages, next_attempt_at,
    completed_at, created_at, updated_at, head_hash
  )
  select
    r.id, r.policy_id, r.policy_key, r.policy_version, r.artifact_type, r.artifact_id, r.source_service, r.requester,
    r.context, r.callback_url, r.callback_secret_id, r.status, r.current_stage_order, r.sequence, r.revision, r.stages,
    r.next_attempt_at, r.completed_at, r.created_at, r.updated_at, decode(r.head, 'hex')
  from jsonb_to_recordset($2) as r (
    id uuid, policy_id uuid, policy_key text, policy_version integer, artifact_type text, artifact_id text,
    source_service text, requester text, context jsonb, callback_url text, callback_secret_id uuid, status text,
    current_stage_order integer, sequence integer, revision integer, stages jsonb, next_attempt_at timestamptz,
    completed_at timestamptz, created_at timestamptz, updated_at timestamptz, head text, keyed boolean
  )
  where not r.keyed or r.id in (select request_id from claimed_key)
  returning id
),
locked as materialized (
  select r.id
  from jsonb_to_recordset($3) as c (id uuid, before integer)
  join approval_request r on r.id = c.id and r.revision = c.before
  where (select count(*) from claimed_key) >= 0
  order by r.id
  for update of r
),
changed as (
  update approval_request r
  set status = c.status,
      current_stage_order = c.current_stage_order,
      sequence = c.sequence,
      revision = c.revision,
      stages = c.stages,
      next_attempt_at = c.next_attempt_at,
      completed_at = c.completed_at,
      updated_at = c.updated_at,
      head_hash = decode(c.head, 'hex')
  from locked, jsonb_to_recordset($3) as c (
    id uuid, status text, current_stage_order integer, sequence integer, revision integer, stages jsonb,
    next_attempt_at timestamptz, completed_at timestamptz, updated_at timestamptz, head text
  )
  where r.id = locked.id and c.id = locked.id
  returning r.id
),
won as materialized (
  select id from created
  union all
  select id from changed
),
tasks_added as (
  insert into approval_task (
    id, request_id, stage_id, stage_order, assignee, kind, required, escalated, delegated_from, reassigned_from,
    status, action, decided_by, decision_id, claimed_at, completed_at, due_at, created_at
  )
  select
    t.id, t.request_id, t.stage_id, t.stage_order, t.assignee, t.kind, t.required, t.escalated, t.delegated_from,
    t.reassigned_from, t.status, t.action, t.decided_by, t.decision_id, t.claimed_at, t.completed_at, t.due_at,
    t.created_at
  from jsonb_to_recordset($4) as t (
    id uuid, request_id uuid, stage_id uuid, stage_order integer, assignee text, kind text, required boolean,
    escalated boolean, delegated_from text, reassigned_from text, status text, action text, decided_by text,
    decision_id uuid, claimed_at timestamptz, completed_at timestamptz, due_at timestamptz, created_at timestamptz
  )
  where t.request_id in (select id from won)
),
tasks_changed as (
  update approval_task task
  set status = t.status,
      required = t.required,
      action = t.action,
      decided_by = t.decided_by,
      decision_id = t.decision_id,
      claimed_at = t.claimed_at,
      completed_at = t.completed_at
  from jsonb_to_recordset($5) as t (
    id uuid, request_id uuid, status text, required boolean, action text, decided_by text, decision_id uuid,
    claimed_at timestamptz, completed_at timestamptz
  )
  where task.id = t.id and t.request_id in (select id from won)
),
decided as (
  insert into approval_decision (
    id, request_id, task_id, stage_order, actor, action, comment, attachments_ref, created_at
  )
  select d.id, d.request_id, d.task_id, d.stage_order, d.actor, d.action, d.comment, d.attachments_ref, d.created_at
  from jsonb_to_recordset($6) as d (
    id uuid, request_id uuid, task_id uuid, stage_order integer, actor text, action text, comment text,
    attachments_ref text, created_at timestamptz
  )
  where d.request_id in (select id from won)
),
told as (
  insert into approval_event (id, request_id, sequence, event_type, payload, actor, created_at, hash)
  select e.id, e.request_id, e.sequence, e.event_type, e.payload, e.actor, e.created_at, decode(e.hash, 'hex')
  from jsonb_to_recordset($7) as e (
    id uuid, request_id uuid, sequence integer, event_type text, payload jsonb, actor text, created_at timestamptz,
    hash text
  )
  where e.request_id in (select id from won)
),
queued as (
  insert into webhook_delivery (
    id, request_id, sequence, event_type, receiver, status, attempt, next_attempt_at, created_at, updated_at
  )
  select v.id, v.request_id, v.sequence, v.event_type, v.receiver, 'pending', 0, v.next_attempt_at, v.created_at,
    v.created_at
  from jsonb_to_recordset($8) as v (
    id uuid, request_id uuid, sequence integer, event_type text, receiver text, next_attempt_at timestamptz,
    created_at timestamptz
  )
  where v.request_id in (select id from won)
),
audited as (
  insert into audit_action (
    id, occurred_at, actor, actor_email, action, resource_type, resource_id, summary, before, after, metadata, digest
  )
  select a.id, a.occurred_at, a.actor, a.actor_email, a.action, a.resource_type, a.resource_id, a.summary, a.before,
    a.after, a.metadata, decode(a.digest, 'hex')
  from jsonb_to_recordset($9) as a (
    request_id uuid, id uuid, occurred_at timestamptz, actor text, actor_email text, action text, resource_type text,
    resource_id text, summary text, before jsonb, after jsonb, metadata jsonb, digest text
  )
  where a.request_id in (select id from won)
)
select id from won`;

/** The same for a change that must not wait for a row that somebody else holds: SQLSTATE 55P03 at once. */
export const COMMIT_NOWAIT = COMMIT.replace('for update of r', 'for update of r nowait');

/** The row sets of the statement, in the order of its parameters. */
export const COMMIT_PARAMETERS = [
  'keys',
  'created',
  'changed',
  'tasks_added',
  'tasks_changed',
  'decisions',
  'events',
  'deliveries',
  'audit',
] as const;
