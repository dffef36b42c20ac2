import Type from 'typebox';
import * as examples from './examples.ts';
import { operation, refusal } from './operation.ts';
import { cursor, limit, linkHeader } from './paging.ts';
import { CancelRequest, CreateRequestIn, CreateRequestOut, EventOut, RequestOut } from './requests.ts';
import { nullable } from './shapes.ts';

const byId = Type.Object({ request_id: Type.String({ description: 'The id of the request.' }) });
const filter = (description: string) => Type.Optional(nullable(Type.String(), { description }));

const noSuchRequest = refusal('AWE-003', 404, 'No request has this id.');

export const REQUEST_OPERATIONS = {
  searchRequests: operation({
    operationId: 'search_requests_v1_awe_requests_get',
    method: 'get',
    path: '/v1/awe/requests',
    tag: 'requests',
    summary: 'Search requests',
    description: 'Newest first. All filters that are given apply together.',
    access: 'any',
    query: Type.Object({
      artifact_type: filter('Only this kind of artifact.'),
      artifact_id: filter('Only this artifact.'),
      status: filter('Only requests with this status.'),
      limit: limit(50),
      cursor,
    }),
    success: {
      status: 200,
      schema: Type.Array(RequestOut),
      description: 'One page of requests.',
      headers: linkHeader('/v1/awe/requests'),
    },
    errors: [],
    examples: { response: [examples.request] },
  }),
  createRequest: operation({
    operationId: 'create_request_v1_awe_requests_post',
    method: 'post',
    path: '/v1/awe/requests',
    tag: 'requests',
    summary: 'Ask for approval of an artifact',
    description:
      'Starts a request under the active version of the policy, finds the people of its first stage and gives them ' +
      'tasks. Send an Idempotency-Key, and a call can be repeated without starting a second request.',
    access: 'any',
    headers: Type.Object({
      'Idempotency-Key': Type.Optional(
        nullable(Type.String(), {
          description:
            'Your name for this call. The same key and body are answered with the first 201, byte for byte.',
          examples: ['registry-CR-2026-00042'],
        }),
      ),
    }),
    body: CreateRequestIn,
    success: {
      status: 201,
      schema: CreateRequestOut,
      description: 'The request, and the tasks that just opened.',
    },
    errors: [
      refusal(
        'AWE-007',
        400,
        'The request cannot be started: callback_url can never be called, or its secret is unknown.',
      ),
      refusal('AWE-001', 404, 'The policy has no active version, or does not exist.'),
      refusal('AWE-009', 409, 'The Idempotency-Key was used with a different body.'),
      refusal(
        'AWE-007',
        503,
        'A service that is needed to find the approvers did not answer; nothing was written.',
      ),
    ],
    examples: { body: examples.requestIn, response: examples.started },
  }),
  getRequest: operation({
    operationId: 'get_request_v1_awe_requests__request_id__get',
    method: 'get',
    path: '/v1/awe/requests/{request_id}',
    tag: 'requests',
    summary: 'Read a request',
    description: 'The request and where it stands now.',
    access: 'any',
    params: byId,
    success: { status: 200, schema: RequestOut, description: 'The request.' },
    errors: [noSuchRequest],
    examples: { response: examples.request },
  }),
  cancelRequest: operation({
    operationId: 'cancel_request_v1_awe_requests__request_id__cancel_post',
    method: 'post',
    path: '/v1/awe/requests/{request_id}/cancel',
    tag: 'requests',
    summary: 'Withdraw a request',
    description: 'Ends a request that has not ended yet; its open tasks are skipped.',
    access: 'admin',
    params: byId,
    body: CancelRequest,
    success: { status: 200, schema: RequestOut, description: 'The cancelled request.' },
    errors: [noSuchRequest, refusal('AWE-007', 409, 'The request has ended already.')],
    examples: { body: examples.cancellation, response: examples.cancelledRequest },
  }),
  requestEvents: operation({
    operationId: 'request_events_v1_awe_requests__request_id__events_get',
    method: 'get',
    path: '/v1/awe/requests/{request_id}/events',
    tag: 'requests',
    summary: 'Read the timeline of a request',
    description:
      'Everything that happened to it, oldest first. A request that does not exist has an empty timeline.',
    access: 'any',
    params: byId,
    success: { status: 200, schema: Type.Array(EventOut), description: 'The events.' },
    errors: [],
    examples: { response: [examples.event] },
  }),
} as const;
