import {
  type Arguments,
  type AweErrorCode,
  type Client,
  createClient,
  type ErrorCodeOf,
  type Input,
  isAweError,
  type Pages,
  type Result,
  type Schemas,
  type TimelineEvent,
  type TimelineEventType,
} from '@awe/client';
import type { Dedup, EventOf, ReceiveOptions, WebhookEvent, WebhookEventType } from '@awe/client/webhooks';
import { receiveWebhooks } from '@awe/client/webhooks';
import type { OperationBody, OperationName, OperationQuery, OperationResult } from '@awe/contract/operations';
import type { EVENT_TYPES, WEBHOOK_EVENT_TYPES } from '@awe/engine/event';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { playNetwork, refusal } from './played-network.ts';
import { refused } from './refused.ts';

// The compiler reads these; a wrong type fails `npm run types`.

describe('the types of the client', () => {
  it('take what the contract takes and give what it gives', () => {
    expectTypeOf<keyof Client & OperationName>().toEqualTypeOf<OperationName>();
    expectTypeOf<Result<'getRequest'>>().toEqualTypeOf<Schemas['RequestOut']>();
    expectTypeOf<Result<'listTasks'>>().toEqualTypeOf<Schemas['TaskOut'][]>();
    expectTypeOf<Result<'deleteSecret'>>().toEqualTypeOf<undefined>();
    expectTypeOf<Result<'exportLog'>>().toEqualTypeOf<string>();
    expectTypeOf<keyof OperationResult<'getRequest'>>().toEqualTypeOf<keyof Result<'getRequest'>>();
    expectTypeOf<OperationResult<'listTasks'>>().toExtend<Result<'listTasks'>>();
    expectTypeOf<keyof Input<'createRequest'>['body']>().toEqualTypeOf<
      keyof OperationBody<'createRequest'>
    >();
    expectTypeOf<Input<'decide'>['body']>().toExtend<OperationBody<'decide'>>();
    expectTypeOf<OperationQuery<'listTasks'>>().toExtend<NonNullable<Input<'listTasks'>['query']>>();
  });

  it('ask for what is required, and for nothing more', () => {
    const awe = createClient({ baseUrl: '' });
    expectTypeOf(awe.listTasks).toBeCallableWith();
    expectTypeOf(awe.listTasks).toBeCallableWith({ query: { status: undefined, limit: 5 } });
    expectTypeOf(awe.getRequest).toBeCallableWith({ path: { request_id: 'r' } });
    expectTypeOf(awe.createRequest).toBeCallableWith({
      body: { policy_key: 'k', artifact_type: 't', artifact_id: 'a' },
      idempotencyKey: 'cr-1',
      signal: AbortSignal.timeout(1000),
      token: () => 't',
    });
    expectTypeOf<[]>().not.toExtend<Arguments<'getRequest'>>();
    expectTypeOf<[]>().toExtend<Arguments<'listTasks'>>();
    expectTypeOf<'idempotencyKey'>().not.toExtend<keyof Input<'decide'>>();
    expectTypeOf<'maybe'>().not.toExtend<Input<'decide'>['body']['action']>();
    expectTypeOf<'createRequest'>().not.toExtend<keyof Client['pages']>();
  });

  it('tell the errors apart by their code', async () => {
    const error = await refused(playNetwork([refusal(409, 'AWE-009')]).awe.listTasks());
    if (isAweError(error, 'AWE-009')) expectTypeOf(error.code).toEqualTypeOf<'AWE-009'>();
    expectTypeOf<ErrorCodeOf<'createRequest'>>().toEqualTypeOf<
      'AWE-001' | 'AWE-005' | 'AWE-006' | 'AWE-007' | 'AWE-008' | 'AWE-009' | 'AWE-012' | 'AWE-500'
    >();
    expectTypeOf<'AWE-999'>().not.toExtend<AweErrorCode>();
  });

  it('give rows of pages, and answers with headers', () => {
    const awe = createClient({ baseUrl: '' });
    expectTypeOf(awe.pages.listTasks()).toEqualTypeOf<Pages<Schemas['TaskOut']>>();
    expectTypeOf(awe.answered.createPolicy).returns.resolves.toEqualTypeOf<{
      data: Schemas['PolicyOut'];
      status: number;
      headers: Headers;
    }>();
  });
});

describe('the types of events', () => {
  it('are those that the service sends', () => {
    expectTypeOf<WebhookEvent['event_type']>().toEqualTypeOf<(typeof WEBHOOK_EVENT_TYPES)[number]>();
  });

  it('are in the timeline with the others, told apart in the same way', () => {
    expectTypeOf<TimelineEventType>().toEqualTypeOf<(typeof EVENT_TYPES)[number]>();
    expectTypeOf<Result<'requestEvents'>>().toEqualTypeOf<TimelineEvent[]>();
    expectTypeOf<TimelineEvent>().toExtend<Schemas['EventOut']>();
    expectTypeOf<TimelineEvent<'stage_started'>['payload']>().toEqualTypeOf<
      EventOf<'stage_started'>['data']
    >();
    const read = (event: TimelineEvent) => {
      if (event.event_type === 'task_decided')
        return expectTypeOf(event.payload.comment).toEqualTypeOf<string | undefined>();
      return expectTypeOf(event.payload).not.toHaveProperty('decision_id');
    };
    expect(read).toBeTypeOf('function');
  });

  it('are told apart by event_type', () => {
    const read = (event: WebhookEvent) => {
      switch (event.event_type) {
        case 'stage_completed':
          return expectTypeOf(event.data.outcome).toEqualTypeOf<'approved' | 'rejected'>();
        case 'task_expired':
          return expectTypeOf(event).toEqualTypeOf<EventOf<'task_expired'>>();
        default:
          return expectTypeOf(event.data).not.toHaveProperty('due_at');
      }
    };
    expect(read).toBeTypeOf('function');
  });

  it('reach their handlers, with what dedup gives', () => {
    type Transaction = { write: (row: string) => void };
    const dedup: Dedup<Transaction> = async () => 'seen';
    const receive = receiveWebhooks({
      secrets: ['s'],
      dedup,
      on: {
        request_rejected: (event, transaction) => {
          expectTypeOf(event).toEqualTypeOf<EventOf<'request_rejected'>>();
          expectTypeOf(transaction).toEqualTypeOf<Transaction>();
        },
      },
    });
    expectTypeOf(receive.fetch).toEqualTypeOf<(request: Request) => Promise<Response>>();
    expectTypeOf<ReceiveOptions['dedup']>().toEqualTypeOf<Dedup | undefined>();
    expectTypeOf<ReceiveOptions<Transaction>['dedup']>().toEqualTypeOf<Dedup<Transaction>>();
    expectTypeOf<'request_archived'>().not.toExtend<WebhookEventType>();
  });
});
