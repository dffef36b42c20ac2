const event = (sequence: number, change: string) =>
  `update approval_event set ${change} where request_id = $id and sequence = ${sequence}`;
const told = (sequence: number, type: string, payload: string) =>
  `insert into approval_event (id, request_id, sequence, event_type, payload, created_at)
   values (gen_random_uuid(), $id, ${sequence}, '${type}', '${payload}', '2999-01-01Z')`;
export const request = (change: string) => `update approval_request set ${change} where id = $id`;
const taskOf = (name: string, change: string) =>
  `update approval_task set ${change} where request_id = $id and assignee = '${name}'`;
const STAGE = (path: string, value: string) => request(`stages = jsonb_set(stages, '${path}', '${value}')`);
const UNCHECKED = `alter table approval_decision drop constraint approval_decision_task_id_key`;

/** What somebody did to the rows of one of three requests (`$id` in the statements), and the rest of the sentence that names it. */
type Mutation = [
  what: string,
  where: 'approved' | 'open' | 'silent',
  statements: string[],
  says: string | RegExp,
];

/**
 * `approved` has two stages, `open` waits for dora, who got bob's task and claimed it, and `silent` was rejected and has
 * no callback.
 */
export const MUTATIONS: Mutation[] = [
  [
    'an event that is missing',
    'approved',
    ['delete from approval_event where request_id = $id and sequence = 3'],
    'has 8 events, numbered 1 to 9, and says there are 9',
  ],
  ['a sequence that lags', 'open', [request('sequence = 4')], /has 5 events, .* and says there are 4/],
  [
    'an end that is not told',
    'open',
    [request(`status = 'cancelled', completed_at = updated_at`)],
    'is cancelled, and its endings are none of 5 events',
  ],
  [
    'an end that is told and is none',
    'approved',
    [request(`status = 'in_review'`)],
    'is in_review, and its endings are request_approved at 9 of 9 events',
  ],
  [
    'another end than the one that is told',
    'approved',
    [request(`status = 'rejected'`)],
    'is rejected, and its endings are request_approved at 9 of 9 events',
  ],
  [
    'two ends',
    'silent',
    [told(6, 'request_cancelled', '{}'), request('sequence = 6')],
    'is rejected, and its endings are request_rejected at 5, request_cancelled at 6 of 6 events',
  ],
  [
    'life after the end',
    'silent',
    [told(6, 'task_claimed', '{}'), request('sequence = 6')],
    'is rejected, and its endings are request_rejected at 5 of 6 events',
  ],
  [
    'a stage that is completed twice',
    'approved',
    [event(9, `event_type = 'stage_completed', payload = payload || '{"stage_order": 1}'`)],
    'tells stage_completed of stage 1 2 times',
  ],
  [
    'a stage that is started twice',
    'open',
    [told(6, 'stage_started', '{"stage_order": 1}'), request('sequence = 6')],
    'tells stage_started of stage 1 2 times',
  ],
  [
    'a timeline that no run can have written',
    'open',
    [event(4, `event_type = 'task_claimed'`)],
    /^impossible timeline at event 4 \(task_claimed\): its payload has no text assignee$/,
  ],
  [
    'time that runs backwards',
    'open',
    [event(3, `created_at = created_at - interval '1 hour'`)],
    'has event 3 at a time before the event that it follows',
  ],
  [
    'a task that says what its timeline does not',
    'open',
    [taskOf('dora', `status = 'open'`)],
    'status of dora on stage 1 is open by its rows, claimed by its events',
  ],
  [
    'a stage that says what its timeline does not',
    'approved',
    [STAGE('{1,status}', '"open"')],
    'status of stage 2 is open by its rows, approved by its events',
  ],
  [
    'a number of approvals that changed',
    'open',
    [STAGE('{0,needed}', '1')],
    'needed of stage 1 is 1 by its rows, 2 by its events',
  ],
  [
    'a stage that was passed by',
    'approved',
    [request('current_stage_order = 1')],
    'current_stage_order is 1 by its rows, 2 by its events',
  ],
  [
    'an end at another time',
    'approved',
    [request(`completed_at = '2999-01-01Z'`)],
    /^completed_at is 2999-01-01T00:00:00\.000Z by its rows, \d{4}-.*Z by its events$/,
  ],
  [
    'a task that is lost',
    'open',
    [`delete from approval_task where request_id = $id and assignee = 'dora'`],
    'status of dora on stage 1 is not there by its rows, claimed by its events',
  ],
  [
    'a task that stayed open after the end',
    'approved',
    [taskOf('carl', `status = 'open'`)],
    /^is approved, and task \S+ of carl is open$/,
  ],
  [
    'one person with two tasks',
    'open',
    [taskOf('dora', `assignee = 'alice'`)],
    'has 2 tasks for alice on stage 1',
  ],
  [
    'a decision that is lost',
    'approved',
    ['delete from approval_decision where request_id = $id'],
    /^has task \S+ of alice, which is completed, and no decision of its own$/,
  ],
  [
    'an event of a decision that is lost',
    'approved',
    ['delete from approval_decision where request_id = $id'],
    /^tells decision \S+ at event 3, and has no such row$/,
  ],
  [
    'a decision that no event tells',
    'open',
    [event(3, `payload = payload - 'decision_id'`)],
    /^has decision \S+, which 0 events tell alike$/,
  ],
  [
    'a decision that is told otherwise',
    'open',
    [event(3, `payload = payload || '{"action": "reject"}'`)],
    /^has decision \S+, which 0 events tell alike$/,
  ],
  [
    'a decision that its task does not know',
    'open',
    [`update approval_decision set action = 'reject' where request_id = $id`],
    /^has decision \S+, and 0 tasks that say so$/,
  ],
  [
    'two decisions on one task',
    'open',
    [
      UNCHECKED,
      `insert into approval_decision (id, request_id, task_id, stage_order, actor, action, created_at)
       select md5(id::text)::uuid, request_id, task_id, stage_order, actor, action, created_at
       from approval_decision where request_id = $id`,
    ],
    /^has 2 decisions on task \S+$/,
  ],
  [
    'a delivery that is lost',
    'approved',
    ['delete from webhook_delivery where request_id = $id and sequence = 2'],
    'has no delivery of event 2 (stage_started)',
  ],
  [
    'a delivery of an event that nobody wants to hear',
    'silent',
    [
      `insert into webhook_delivery (id, request_id, sequence, event_type, receiver, status, attempt, created_at, updated_at)
       select id, request_id, sequence, event_type, 'r', 'pending', 0, created_at, created_at
       from approval_event where request_id = $id and sequence = 1`,
    ],
    /^has delivery \S+ of request_created 1, which is not an event to be told$/,
  ],
  [
    'a second delivery of one event',
    'open',
    [
      `insert into webhook_delivery (id, request_id, sequence, event_type, receiver, status, attempt, created_at, updated_at)
       select md5(id::text)::uuid, request_id, sequence, event_type, receiver, 'pending', 0, created_at, created_at
       from webhook_delivery where request_id = $id and sequence = 2`,
    ],
    /^has delivery \S+ of stage_started 2, which is not an event to be told$/,
  ],
  [
    'a key whose answer names another request',
    'open',
    [`update idempotency_key set response = '{"request_id": "x"}' where request_id = $id`],
    'is what idempotency key "open" of registry-service stands for, and its kept answer names request x',
  ],
  [
    'two keys for one request',
    'open',
    [
      `insert into idempotency_key select subject, 'again', body_hash, request_id, response, created_at
       from idempotency_key where request_id = $id`,
    ],
    'is what 2 idempotency keys stand for',
  ],
  [
    'a request without its rows',
    'approved',
    ['delete from approval_request where id = $id'],
    'is what idempotency key "approved" of registry-service stands for, and is not there',
  ],
  [
    'a stage that waits for nobody',
    'open',
    [taskOf('dora', `status = 'skipped'`)],
    'has stage 1 open, and nobody who can decide it',
  ],
  [
    'a request that waits for no stage',
    'open',
    [STAGE('{0,status}', '"approved"')],
    'is in_review, and none of its stages is active',
  ],
  [
    'a stage whose people are never looked for again',
    'open',
    [STAGE('{0,status}', '"activating"')],
    'waits for a look-up of stage 1, and none is planned',
  ],
  [
    'an escalation whose people are never looked for again',
    'open',
    [STAGE('{0,escalation}', '"due"')],
    'waits for a look-up of stage 1, and none is planned',
  ],
  [
    'a look-up that nobody watches for',
    'open',
    [STAGE('{0,next_attempt_at}', '"2999-01-01T00:00:00.000Z"')],
    'plans its next look-up at 2999-01-01T00:00:00.000Z, and is watched for at null',
  ],
];
