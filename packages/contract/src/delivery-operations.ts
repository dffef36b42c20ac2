import Type from 'typebox';
import { DELIVERY_STATUSES, DeliveryDetailOut, DeliveryOut, ReplayIn, ReplayOut } from './deliveries.ts';
import * as examples from './examples.ts';
import * as operating from './operating-examples.ts';
import { operation, refusal } from './operation.ts';
import { cursor, limit, linkHeader } from './paging.ts';
import { moment } from './shapes.ts';

const params = Type.Object({ delivery_id: Type.String({ description: 'The id of the delivery.' }) });
const UNKNOWN = refusal('AWE-007', 404, 'No delivery has this id.');

export const DELIVERY_OPERATIONS = {
  listDeliveries: operation({
    operationId: 'list_deliveries_v1_awe_admin_deliveries_get',
    method: 'get',
    path: '/v1/awe/admin/deliveries',
    tag: 'deliveries',
    summary: 'List webhook deliveries',
    description:
      'What was sent, is to be sent, or could not be sent to receivers; newest first. Filters apply together. With receiver, event_type, since or until a page may be short, or empty, and still have a next one: each looks at a stretch of the deliveries.',
    access: 'viewer',
    query: Type.Object({
      status: Type.Optional(
        Type.String({
          description: `Only this status: ${DELIVERY_STATUSES.join(', ')}. Another one matches nothing.`,
        }),
      ),
      request_id: Type.Optional(Type.String({ description: 'Only deliveries about this request.' })),
      receiver: Type.Optional(Type.String({ description: 'Only to this receiver, as deliveries name it.' })),
      event_type: Type.Optional(Type.String({ description: 'Only events of this type.' })),
      since: Type.Optional(moment('Only events written from this moment on.')),
      until: Type.Optional(moment('Only events written before this moment.')),
      limit: limit(50),
      cursor,
    }),
    success: {
      status: 200,
      schema: Type.Array(DeliveryOut),
      description: 'One page of deliveries.',
      headers: linkHeader('/v1/awe/admin/deliveries'),
    },
    errors: [],
    examples: { response: [examples.delivery] },
  }),
  getDelivery: operation({
    operationId: 'get_delivery_v1_awe_admin_deliveries__delivery_id__get',
    method: 'get',
    path: '/v1/awe/admin/deliveries/{delivery_id}',
    tag: 'deliveries',
    summary: 'Inspect a webhook delivery',
    description: 'The delivery with its last attempts and the body that each of them sends.',
    access: 'viewer',
    params,
    success: { status: 200, schema: DeliveryDetailOut, description: 'The delivery.' },
    errors: [UNKNOWN],
    examples: { response: operating.deliveryDetail },
  }),
  replayDeliveries: operation({
    operationId: 'replay_deliveries_v1_awe_admin_deliveries_replay_post',
    method: 'post',
    path: '/v1/awe/admin/deliveries/replay',
    tag: 'deliveries',
    summary: 'Send webhooks of a time range again',
    description:
      'Starts the attempts of every matching delivery from the beginning, in batches: a million takes a minute or two. Events keep their ids, so that receivers know what they have had. What goes to a paused receiver waits until it is resumed.',
    access: 'admin',
    body: ReplayIn,
    success: { status: 200, schema: ReplayOut, description: 'How many were started anew.' },
    errors: [],
    examples: { body: operating.replay, response: operating.replayed },
  }),
  retryDelivery: operation({
    operationId: 'retry_delivery_v1_awe_admin_deliveries__delivery_id__retry_post',
    method: 'post',
    path: '/v1/awe/admin/deliveries/{delivery_id}/retry',
    tag: 'deliveries',
    summary: 'Send a webhook again',
    description: 'Starts the attempts from the beginning, the first one at once. The event keeps its id.',
    access: 'admin',
    params,
    success: { status: 200, schema: DeliveryOut, description: 'The delivery, pending again.' },
    errors: [UNKNOWN, refusal('AWE-007', 409, 'The receiver has taken it already.')],
    examples: { response: examples.retriedDelivery },
  }),
} as const;
