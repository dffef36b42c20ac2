import Type, { type Static } from 'typebox';
import { component, moment, nullable, nullableMoment, oneOf } from './shapes.ts';

export const DELIVERY_STATUSES = ['pending', 'delivered', 'exhausted'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const DeliveryOut = component('DeliveryOut', 'One webhook on its way to a receiver.', {
  id: Type.String({ description: 'The id of the delivery.' }),
  request_id: Type.String({ description: 'The request it tells about.' }),
  event_id: Type.String({ description: 'The event it tells about.' }),
  event_type: Type.String({ description: 'What happened.', examples: ['request_approved'] }),
  sequence: Type.Integer({ minimum: 1, description: 'The number of that event in the timeline.' }),
  callback_url: Type.String({ description: 'Where it goes.' }),
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
});

export type DeliveryOut = Static<typeof DeliveryOut>;
