import Type, { type Static } from 'typebox';
import { component, moment, nullable, nullableMoment, oneOf } from './shapes.ts';
import { WebhookEvent } from './webhook-event.ts';

export const DELIVERY_STATUSES = ['pending', 'delivered', 'exhausted'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

const shown = {
  id: Type.String({ description: 'The id of the delivery.' }),
  request_id: Type.String({ description: 'The request it tells about.' }),
  event_id: Type.String({ description: 'The event it tells about.' }),
  event_type: Type.String({ description: 'What happened.', examples: ['request_approved'] }),
  sequence: Type.Integer({ minimum: 1, description: 'The number of that event in the timeline.' }),
  callback_url: Type.String({ description: 'Where it goes.' }),
  receiver: Type.String({
    description:
      'Whom it goes to: the callback_url without query and fragment. Deliveries are filtered, paused and replayed by it.',
    examples: ['https://registry.example/approvals'],
  }),
  status: oneOf(DELIVERY_STATUSES, {
    description: 'pending: to be tried, again. delivered: the receiver took it. exhausted: given up.',
  }),
  attempt: Type.Integer({ minimum: 0, description: 'Attempts made so far.' }),
  max_attempts: Type.Integer({ minimum: 1, description: 'Attempts after which it is given up.' }),
  next_attempt_at: nullableMoment('When it is tried next; null unless it is pending.'),
  last_status_code: nullable(Type.Integer(), {
    description: 'The HTTP status of the last answer; null: no answer yet.',
  }),
  last_error: nullable(Type.String(), { description: 'Why the last attempt failed.' }),
  delivered_at: nullableMoment('When the receiver took it.'),
  created_at: moment('When the event was written.'),
};

export const DeliveryOut = component('DeliveryOut', 'One webhook on its way to a receiver.', shown);

export const DeliveryAttemptOut = component('DeliveryAttemptOut', 'One attempt to deliver a webhook.', {
  at: moment('When it ended.'),
  duration_ms: Type.Integer({ minimum: 0, description: 'How long it took; milliseconds.' }),
  status_code: nullable(Type.Integer(), {
    description: 'The HTTP status of the answer; null: there was none.',
  }),
  error: nullable(Type.String(), { description: 'Why it failed; null: the receiver took it.' }),
});

export const DeliveryDetailOut = component(
  'DeliveryDetailOut',
  'One webhook with what became of each attempt and what is sent.',
  {
    ...shown,
    attempts: Type.Array(DeliveryAttemptOut, {
      description: 'The last 50 attempts, oldest first, those before a retry by hand included.',
    }),
    payload: WebhookEvent,
  },
);

export const ReplayIn = component(
  'ReplayIn',
  'Which deliveries are started anew. All that is given applies together.',
  {
    receiver: Type.Optional(
      nullable(Type.String(), { description: 'Only to this receiver, as deliveries name it.' }),
    ),
    since: moment('Only events written from this moment on.'),
    until: moment('Only events written before this moment.'),
    statuses: Type.Optional(
      Type.Array(oneOf(DELIVERY_STATUSES), {
        default: ['exhausted'],
        description:
          'Only deliveries in one of these states. delivered: for a receiver that lost what it had. pending: without waiting for the next attempt.',
      }),
    ),
    dry_run: Type.Optional(
      Type.Boolean({ default: false, description: 'Only counts what would be started anew.' }),
    ),
  },
);

export const ReplayOut = component('ReplayOut', 'What a replay came to.', {
  replayed: Type.Integer({
    minimum: 0,
    description: 'Deliveries that were started anew, or would be in a dry run.',
  }),
  dry_run: Type.Boolean({ description: 'Whether nothing was changed.' }),
});

export type DeliveryOut = Static<typeof DeliveryOut>;
export type DeliveryAttemptOut = Static<typeof DeliveryAttemptOut>;
export type DeliveryDetailOut = Static<typeof DeliveryDetailOut>;
export type ReplayIn = Static<typeof ReplayIn>;
export type ReplayOut = Static<typeof ReplayOut>;
