import type { ApprovalRequest, Decision, Task } from '@awe/engine/approval';
import { type EventType, isDelivered, type TimelineEvent } from '@awe/engine/event';
import type { JsonObject } from '@awe/engine/policy';
import type { Received } from '../../packages/server/demo/receiver.ts';
import type { Ledger } from '../history/ledger.ts';
import type { Operation, RecordedCall } from '../load/recorded-call.ts';

export type MadeHistory = { calls: RecordedCall[]; received: Received[]; ledger: Ledger };

const AT = '2026-04-23T10:00:00.000Z';
const CALLBACK = 'https://registry.example/hooks';

/** Call `id` takes from ten times its number to nine later, so that each ends before the next begins. */
function call(
  id: number,
  operation: Operation,
  actor: string,
  target: string,
  body: RecordedCall['body'],
  status: number,
  answer: unknown,
  key: string | null = null,
): RecordedCall {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const times = { start: id * 10, end: id * 10 + 9 };
  return { id, operation, actor, target, key, body, ...times, sent: true, answer: { status, text } };
}

function timeline(request: string, told: [EventType, string | null, string, JsonObject][]): TimelineEvent[] {
  return told.map(([event_type, actor, status, payload], index) => ({
    id: `${request}-event-${index + 1}`,
    request_id: request,
    sequence: index + 1,
    event_type,
    payload: { request_id: request, artifact_id: `word-${request}`, status, ...payload },
    actor,
    created_at: AT,
  }));
}

function task(id: string, assignee: string, more: Partial<Task>): Task {
  return {
    id,
    request_id: 'r1',
    stage_order: 1,
    assignee,
    kind: 'approver',
    reassigned_from: null,
    created_at: AT,
    ...more,
  } as Task;
}

const creation = (artifact: string, callback_url: string | null) => ({
  policy_key: 'chaos.all',
  artifact_type: 'chaos',
  artifact_id: artifact,
  context: { amount: 7 },
  callback_url,
  requester: 'citizen',
});

/**
 * Two requests as it might have been: the first is created under a key, claimed, decided, reassigned and decided again,
 * with reads and refusals in between; the second has no key and no callback and is cancelled.
 */
export function truthfulHistory(): MadeHistory {
  const first = timeline('r1', [
    ['request_created', null, 'in_review', {}],
    ['stage_started', null, 'in_review', {}],
    ['task_claimed', 'amir', 'in_review', { task_id: 't1' }],
    ['task_decided', 'amir', 'in_review', { task_id: 't1', action: 'approve', comment: 'word-3' }],
    [
      'task_reassigned',
      'ada',
      'in_review',
      { task_id: 't2', new_task_id: 't3', to: 'cleo', reason: 'word-4' },
    ],
    ['task_decided', 'cleo', 'in_review', { task_id: 't3', action: 'approve', comment: 'word-5' }],
    ['stage_completed', null, 'in_review', {}],
    ['request_approved', null, 'approved', {}],
  ]);
  const second = timeline('r2', [
    ['request_created', null, 'in_review', {}],
    ['request_cancelled', 'ada', 'cancelled', { reason: 'word-13' }],
  ]);
  const decision = (id: string, task_id: string, actor: string, comment: string): Decision =>
    ({ id, request_id: 'r1', task_id, actor, action: 'approve', comment, created_at: AT }) as Decision;
  const decisions = [decision('d3', 't1', 'amir', 'word-3'), decision('d5', 't3', 'cleo', 'word-5')];
  const decided = { status: 'completed', action: 'approve' } as const;
  const tasks = [
    task('t1', 'amir', { ...decided, decided_by: 'amir', decision_id: 'd3', claimed_at: AT }),
    task('t2', 'bela', { status: 'reassigned' }),
    task('t3', 'cleo', {
      ...decided,
      decided_by: 'cleo',
      decision_id: 'd5',
      reassigned_from: 'bela',
      due_at: null,
    }),
  ];
  const asked = tasks
    .slice(0, 2)
    .map(({ decided_by, decision_id, action, ...each }) => ({ ...each, status: 'open' }));
  const answer1 = JSON.stringify({ request_id: 'r1', tasks: asked });
  const row = (id: string, callback: string | null, more: object) =>
    ({
      id,
      ...creation(`word-${id}`, callback),
      source_service: 'registry',
      ...more,
    }) as object as ApprovalRequest;
  const requests = [
    row('r1', CALLBACK, { status: 'approved', completed_at: AT }),
    row('r2', null, { status: 'cancelled', completed_at: AT }),
  ];
  const delivered = first.filter((event) => isDelivered(event.event_type));
  return {
    calls: [
      call(1, 'create', 'registry', '', creation('word-r1', CALLBACK), 201, answer1, 'k'),
      call(2, 'claim', 'amir', 't1', null, 200, {
        id: 't1',
        request_id: 'r1',
        assignee: 'amir',
        claimed_at: AT,
      }),
      call(3, 'decide', 'amir', 't1', { action: 'approve', comment: 'word-3' }, 201, decisions[0]),
      call(4, 'reassign', 'ada', 't2', { new_assignee: 'cleo', reason: 'word-4' }, 200, tasks[2]),
      call(5, 'decide', 'cleo', 't3', { action: 'approve', comment: 'word-5' }, 201, decisions[1]),
      call(6, 'decide', 'amir', 't1', { action: 'reject', comment: 'word-6' }, 409, {}),
      call(7, 'create', 'registry', '', creation('word-r1', CALLBACK), 201, answer1, 'k'),
      call(8, 'create', 'registry', '', creation('word-8', CALLBACK), 409, {}, 'k'),
      call(9, 'read_events', 'amir', 'r1', null, 200, first),
      call(10, 'read_request', 'amir', 'r1', null, 200, { status: 'approved' }),
      call(11, 'read_tasks', 'amir', 'r1', null, 200, tasks),
      call(12, 'create', 'registry', '', creation('word-r2', null), 201, { request_id: 'r2' }),
      call(13, 'cancel', 'ada', 'r2', { reason: 'word-13' }, 200, { completed_at: AT }),
    ],
    received: delivered.map(({ id, event_type, request_id, sequence, payload }) => ({
      event_id: id,
      event_type,
      request_id,
      artifact_id: 'word-r1',
      status: String(payload.status),
      sequence,
      data: payload,
      genuine: true,
      raw: { headers: {}, body: '' },
    })),
    ledger: {
      requests: new Map(requests.map((each) => [each.id, each])),
      tasks: new Map(tasks.map((each) => [each.id, each])),
      decisions: new Map(decisions.map((each) => [each.id, each])),
      timelines: new Map([
        ['r1', first],
        ['r2', second],
      ]),
      keys: [{ subject: 'registry', key: 'k', request_id: 'r1', response: answer1 }],
      deliveries: new Map(
        delivered.map(({ id }) => [id, { id, request_id: 'r1', status: 'delivered', next_attempt_at: null }]),
      ),
    },
  };
}
