/**
 * The writes and reads of a flow as plain SQL, one transaction a step and nothing grouped: what a careful engineer would
 * send for the same rows. pgbench runs them; `\gset` carries ids from one statement to the next. Each step is one round
 * trip, as ours is.
 */

/** A request with its two tasks, two events and their deliveries. */
const CREATE = `
with request as (
  insert into approval_request (id, policy_id, policy_key, policy_version, artifact_type, artifact_id, source_service,
    requester, context, callback_url, status, current_stage_order, sequence, revision, stages, created_at, updated_at)
  select gen_random_uuid(), id, policy_key, version, artifact_type, 'floor', 'pgbench', 'citizen', '{"amount": 100}',
    'http://127.0.0.1:9/hook', 'in_review', 1, 2, 1, '[{"stage_order": 1, "status": "open", "needed": 1}]', now(), now()
  from approval_policy where policy_key = 'bench.floor' and status = 'active'
  returning id
), task as (
  insert into approval_task (id, request_id, stage_id, stage_order, assignee, kind, required, escalated, status,
    created_at)
  select gen_random_uuid(), request.id, request.id, 1, person, 'approver', false, false, 'open', now()
  from request, (values ('floor-a'), ('floor-b')) as people (person)
  returning id, assignee
), event as (
  insert into approval_event (id, request_id, sequence, event_type, payload, actor, created_at)
  select gen_random_uuid(), request.id, n, 'stage_started', '{"status": "in_review", "name": "Officers"}', null, now()
  from request, generate_series(1, 2) as n
  returning id, request_id, sequence
), delivery as (
  insert into webhook_delivery (id, request_id, sequence, event_type, receiver, status, attempt, next_attempt_at,
    created_at, updated_at)
  select id, request_id, sequence, 'stage_started', 'http://127.0.0.1:9', 'pending', 0, now() + interval '1 year', now(),
    now()
  from event
)
select request.id as request_id, task.id as task_id from request, task where task.assignee = 'floor-a'
\\gset
`;

const LOAD = `
select r.*, (select json_agg(t) from approval_task t where t.request_id = r.id) as tasks
from approval_request r where r.id = :request_id::uuid
\\gset loaded_
`;

/** A decision that ends the stage: the task, the one that is skipped, the next stage's task, three events, two deliveries. */
const DECIDE_AND_MOVE_ON = decide(`
, next_task as (
  insert into approval_task (id, request_id, stage_id, stage_order, assignee, kind, required, escalated, status,
    created_at)
  select gen_random_uuid(), id, id, 2, 'floor-c', 'approver', false, false, 'open', now() from request
  returning id
)`, 'in_review', '(select id from next_task)');

const DECIDE_AND_END = decide('', 'approved', '(select id from request)');

function decide(more: string, status: string, next: string): string {
  return `
with request as (
  update approval_request set status = '${status}', sequence = sequence + 3, revision = revision + 1,
    current_stage_order = 2, updated_at = now()
  where id = :request_id::uuid and revision = :loaded_revision::integer
  returning id, sequence
), decided as (
  update approval_task set status = 'completed', action = 'approve', decided_by = assignee, decision_id = id,
    completed_at = now()
  where id = :task_id::uuid
), skipped as (
  update approval_task set status = 'skipped'
  where request_id = :request_id::uuid and id <> :task_id::uuid and status = 'open'
), decision as (
  insert into approval_decision (id, request_id, task_id, stage_order, actor, action, created_at)
  select gen_random_uuid(), id, :task_id::uuid, 1, 'floor-a', 'approve', now() from request
)${more}, event as (
  insert into approval_event (id, request_id, sequence, event_type, payload, actor, created_at)
  select gen_random_uuid(), id, sequence - 3 + n, 'task_decided', '{"status": "in_review", "name": "Officers"}',
    'floor-a', now()
  from request, generate_series(1, 3) as n
  returning id, request_id, sequence
), delivery as (
  insert into webhook_delivery (id, request_id, sequence, event_type, receiver, status, attempt, next_attempt_at,
    created_at, updated_at)
  select id, request_id, sequence, 'stage_completed', 'http://127.0.0.1:9', 'pending', 0, now() + interval '1 year',
    now(), now()
  from event limit 2
)
select ${next} as task_id from request
\\gset
`;
}

/** create → decide → decide → approved, with a callback. */
export const FLOW = [CREATE, LOAD, DECIDE_AND_MOVE_ON, LOAD, DECIDE_AND_END].join('');
export const CREATE_ONLY = CREATE;
