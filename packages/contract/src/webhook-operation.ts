import { webhookEvent } from './examples.ts';
import type { OperationObject, ParameterObject } from './openapi-document.ts';
import { schemaWithRefs } from './schema-refs.ts';
import type { WebhookHeaders } from './signature.ts';
import { WebhookEvent } from './webhook-event.ts';

const HEADERS: Record<keyof WebhookHeaders, { required: boolean; description: string }> = {
  'X-Approval-Event-Id': {
    required: true,
    description: 'The event_id of the body: the same in every attempt. Handle each id once.',
  },
  'X-Approval-Timestamp': {
    required: true,
    description: 'Unix seconds of this attempt. Refuse what is older than a few minutes.',
  },
  'X-Approval-Signature': {
    required: true,
    description:
      '`sha256=` and the hex HMAC-SHA256 of `<X-Approval-Timestamp>.<raw body>`. The key is the secret as it was ' +
      'given, `whsec_` included, as UTF-8 bytes.',
  },
  'webhook-id': { required: false, description: 'Standard Webhooks: the event_id of the body.' },
  'webhook-timestamp': { required: false, description: 'Standard Webhooks: Unix seconds of this attempt.' },
  'webhook-signature': {
    required: false,
    description:
      'Standard Webhooks: one or more signatures, separated by blanks: `v1,` and the Base64 HMAC-SHA256 of ' +
      '`<webhook-id>.<webhook-timestamp>.<raw body>`. The key is the Base64-decoded secret without `whsec_`. While a ' +
      'secret is being rotated there is one signature for each; it is enough that one fits.',
  },
};

/** The call that the receiver of the webhooks implements. */
export const APPROVAL_EVENT_WEBHOOK: OperationObject = {
  summary: 'Something happened to an approval request',
  description:
    'Posted to the callback_url of the request, at least once for each event. Answer with any 2xx soon, and do the ' +
    'work afterwards: an attempt is given up after the time-out of the deployment (10 seconds by default) and made ' +
    'again later. Redirects are not followed. `Retry-After` is honoured with 429 and 503.',
  parameters: Object.entries(HEADERS).map(([name, { required, description }]): ParameterObject => {
    return { name, in: 'header', required, description, schema: { type: 'string' } };
  }),
  requestBody: {
    required: true,
    content: { 'application/json': { schema: schemaWithRefs(WebhookEvent), example: webhookEvent } },
  },
  responses: {
    200: {
      description:
        'The event was taken; the body of the answer is not looked at. Any other 2xx says the same.',
      content: { 'application/json': { schema: {} } },
    },
    410: { description: 'Nobody listens here any more: the event is not sent again.' },
  },
  // No token: the signature is what proves the sender.
  security: [],
};
