import type { EventFacts, EventOf, WebhookEventType } from '../webhooks/event.ts';

/** What a test says about a fake event; anything else is made up. */
export type FakeFacts<Type extends WebhookEventType> = Partial<EventFacts> & {
  data?: Partial<EventOf<Type>['data']>;
};

let made = 0;

/**
 * An event as the service sends it, for the tests of a receiver. `facts` replace what is made up; those that stand in
 * `data`, too, are replaced there as well.
 */
export function fakeEvent<Type extends WebhookEventType>(
  type: Type,
  { data, ...facts }: FakeFacts<Type> = {},
): EventOf<Type> {
  const about: EventFacts = {
    event_id: fakeId(),
    request_id: fakeId(),
    artifact_type: 'change_request',
    artifact_id: 'CR-1',
    status: STATUS[type],
    stage_order: type === 'request_created' ? null : 1,
    actor: ACTOR[type],
    occurred_at: new Date().toISOString(),
    sequence: 1,
    ...facts,
  };
  const { request_id, artifact_type, artifact_id, status, stage_order } = about;
  const payload = {
    request_id,
    artifact_type,
    artifact_id,
    status,
    stage_order,
    ...dataOf(type, about),
    ...data,
  };
  return { ...about, event_type: type, data: payload } as unknown as EventOf<Type>;
}

/** A UUID of version 7 that this process gives once. */
export function fakeId(): string {
  made += 1;
  const time = Date.now().toString(16).padStart(12, '0');
  const rest = made.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7fae-8fae-${rest}`;
}

const STATUS: Readonly<Record<WebhookEventType, string>> = {
  request_created: 'pending',
  stage_started: 'in_review',
  stage_completed: 'in_review',
  request_approved: 'approved',
  request_rejected: 'rejected',
  request_cancelled: 'cancelled',
  task_expired: 'in_review',
};

const ACTOR: Readonly<Record<WebhookEventType, string | null>> = {
  request_created: 'registry',
  stage_started: null,
  stage_completed: 'u-amina',
  request_approved: 'u-amina',
  request_rejected: 'u-amina',
  request_cancelled: 'u-admin',
  task_expired: null,
};

/** What is in the data of an event beside what all of them have. */
function dataOf(type: WebhookEventType, { occurred_at, actor }: EventFacts): object {
  switch (type) {
    case 'request_created':
      return { policy_key: 'change-request', policy_version: 1, requester: 'u-clerk', source_service: actor };
    case 'stage_started':
      return {
        name: 'Review',
        mode: 'any-n',
        mode_value: 1,
        needed: 1,
        approvers: ['u-amina', 'u-bao'],
        observers: [],
        required_approvers: [],
      };
    case 'stage_completed':
      return { name: 'Review', outcome: 'approved' };
    case 'request_approved':
      return {};
    case 'request_rejected':
      return { reason: 'rejected_by_approver', actor };
    case 'request_cancelled':
      return { actor, reason: 'withdrawn' };
    case 'task_expired':
      return { task_id: fakeId(), assignee: 'u-amina', due_at: occurred_at };
  }
}
