import { POLICY } from './scene.ts';

/**
 * The writes and reads of a flow as plain SQL, one transaction a step and nothing grouped: what a careful engineer would
 * send for the same rows. pgbench runs them; `\gset` carries ids from one statement to the next. Each step is one round
 * trip to PostgreSQL. Nobody sends the floor's deliveries: they are due in a year.
 */
export type FloorScript = { create: string; flow: string };

/** `callback`: whether each step writes its deliveries too. */
export function floorScript({ callback }: { callback: boolean }): FloorScript {
  const create = createStatement(callback);
  return {
    create,
    flow: [
      create,
      LOAD,
      decide({ callback, moreRows: NEXT_TASK, status: 'in_review', next: '(select id from next_task)' }),
      OPEN_TASKS_OF_REQUEST,
      LOAD,
      decide({ callback, moreRows: '', status: 'approved', next: '(select id from request)' }),
    ].join(''),
  };
}

/** Deliveries of two of the events that a step wrote. */
const DELIVERY = `, delivery as (
  insert into webhook_delivery (id, request_id, sequence, event_type, receiver, status, attempt, next_attempt_at,
    created_at, updated_at)
  select id, request_id, sequence, 'stage_completed', 'http://127.0.0.1:9', 'pending', 0, now() + interval '1 year',
    now(), now()
  from event limit 2
)`;

/** A request with its two tasks, two events and their deliveries. */
function createStatement(callback: boolean): string {
  return `
with request as (
  insert into approval_request (id, policy_id, policy_key, policy_version, artifact_type, artifact_id, source_service,
    requester, context, callback_url, status, current_stage_order, sequence, revision, stages, created_at, updated_at)
  select gen_random_uuid(), id, policy_key, version, artifact_type, 'floor', 'pgbench', 'citizen', '{"amount": 100}',
    ${callback ? `'http://127.0.0.1:9/hook'` : 'null'}, 'in_review', 1, 2, 1,
    '[{"stage_order": 1, "status": "open", "needed": 1}]', now(), now()
  from approval_policy where policy_key = '${POLICY}' and status = 'active'
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
)${callback ? DELIVERY : ''}
select request.id as request_id, task.id as task_id from request, task where task.assignee = 'floor-a'
\\gset
`;
}

const LOAD = `
select r.*, (select json_agg(t) from approval_task t where t.request_id = r.id) as tasks
from approval_request r where r.id = :request_id::uuid
\\gset loaded_
`;

/** The director looks for the task, as in the measured flow. */
const OPEN_TASKS_OF_REQUEST = `
select * from approval_task
where request_id = :request_id::uuid and assignee = 'floor-c' and status = 'open'
order by id desc limit 101
\\gset open_
`;

const NEXT_TASK = `, next_task as (
  insert into approval_task (id, request_id, stage_id, stage_order, assignee, kind, required, escalated, status,
    created_at)
  select gen_random_uuid(), id, id, 2, 'floor-c', 'approver', false, false, 'open', now() from request
  returning id
)`;

/** A decision that ends its stage: the task, the one that is skipped, three events, two deliveries, and `moreRows`. */
function decide(step: { callback: boolean; moreRows: string; status: string; next: string }): string {
  return `
with request as (
  update approval_request set status = '${step.status}', sequence = sequence + 3, revision = revision + 1,
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
)${step.moreRows}, event as (
  insert into approval_event (id, request_id, sequence, event_type, payload, actor, created_at)
  select gen_random_uuid(), id, sequence - 3 + n, 'task_decided', '{"status": "in_review", "name": "Officers"}',
    'floor-a', now()
  from request, generate_series(1, 3) as n
  returning id, request_id, sequence
)${step.callback ? DELIVERY : ''}
select ${step.next} as task_id from request
\\gset
`;
}

/** What `DECIDE_PREPARED` takes its requests from, in turn; `rows` is SQL for request_id, task_id and a `turn` from 1. */
export function prepareDecisions(rows: string): string[] {
  return [
    'create sequence floor_turn',
    `create table floor_decision as ${rows}`,
    'alter table floor_decision add primary key (turn)',
    'analyze floor_decision',
  ];
}

/** Loads the next request that was prepared, and decides it: the same statements as within the flow. */
export const DECIDE_PREPARED = `
select r.id as request_id, turn.task_id, r.revision as loaded_revision, r.*,
  (select json_agg(t) from approval_task t where t.request_id = r.id) as tasks
from (select nextval('floor_turn') as turn offset 0) as next
join floor_decision turn on turn.turn = next.turn
join approval_request r on r.id = turn.request_id
\\gset
${decide({ callback: false, moreRows: '', status: 'approved', next: '(select id from request)' })}`;
