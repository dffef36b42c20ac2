import { WEBHOOK_EVENT_TYPES } from '@awe/engine/event';
import Type, { type Static } from 'typebox';
import { component, freeObject, moment, nullable } from './shapes.ts';

export const WebhookEvent = component(
  'WebhookEvent',
  'What is posted to the callback_url of a request when something happened to it. Verify the signature over the raw ' +
    'body before parsing it, and treat a second delivery of the same event_id as the first.',
  {
    event_id: Type.String({ description: 'The id of the event: the same in every attempt.' }),
    event_type: Type.String({
      description: `What happened: ${WEBHOOK_EVENT_TYPES.join(', ')}.`,
      examples: ['request_approved'],
    }),
    request_id: Type.String({ description: 'The request it happened to.' }),
    artifact_type: Type.String({ description: 'The kind of the artifact.' }),
    artifact_id: Type.String({ description: "The owner's own id of the artifact." }),
    status: Type.String({ description: 'The status of the request after the event.' }),
    stage_order: Type.Optional(nullable(Type.Integer(), { description: 'The stage it concerns, if any.' })),
    actor: Type.Optional(nullable(Type.String(), { description: 'Who caused it; null: no person did.' })),
    occurred_at: moment('When it happened, not when it was sent.'),
    sequence: Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          'The number of the event in the timeline. Numbers are missing where events are not sent.',
      }),
    ),
    data: Type.Optional(freeObject({ description: 'The payload of the event, as the timeline shows it.' })),
  },
);

export type WebhookEvent = Static<typeof WebhookEvent>;
