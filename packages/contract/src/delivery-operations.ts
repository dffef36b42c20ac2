import Type from 'typebox';
import { DELIVERY_STATUSES, DeliveryOut } from './deliveries.ts';
import * as examples from './examples.ts';
import { operation, refusal } from './operation.ts';
import { cursor, limit, linkHeader } from './paging.ts';

export const DELIVERY_OPERATIONS = {
  listDeliveries: operation({
    operationId: 'list_deliveries_v1_awe_admin_deliveries_get',
    method: 'get',
    path: '/v1/awe/admin/deliveries',
    tag: 'deliveries',
    summary: 'List webhook deliveries',
    description: 'What was sent, is to be sent, or could not be sent to receivers; newest first.',
    access: 'viewer',
    query: Type.Object({
      status: Type.Optional(
        Type.String({
          description: `Only this status: ${DELIVERY_STATUSES.join(', ')}. Another one matches nothing.`,
        }),
      ),
      request_id: Type.Optional(Type.String({ description: 'Only deliveries about this request.' })),
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
  retryDelivery: operation({
    operationId: 'retry_delivery_v1_awe_admin_deliveries__delivery_id__retry_post',
    method: 'post',
    path: '/v1/awe/admin/deliveries/{delivery_id}/retry',
    tag: 'deliveries',
    summary: 'Send a webhook again',
    description: 'Starts the attempts from the beginning, the first one at once. The event keeps its id.',
    access: 'admin',
    params: Type.Object({ delivery_id: Type.String({ description: 'The id of the delivery.' }) }),
    success: { status: 200, schema: DeliveryOut, description: 'The delivery, pending again.' },
    errors: [
      refusal('AWE-007', 404, 'No delivery has this id.'),
      refusal('AWE-007', 409, 'The receiver has taken it already.'),
    ],
    examples: { response: examples.retriedDelivery },
  }),
} as const;
