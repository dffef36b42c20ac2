import Type from 'typebox';
import { INCIDENT_KINDS, IncidentOut, IncidentRetryOut } from './incidents.ts';
import * as examples from './operating-examples.ts';
import { operation, refusal } from './operation.ts';

export const INCIDENT_OPERATIONS = {
  listIncidents: operation({
    operationId: 'list_incidents_v1_awe_admin_incidents_get',
    method: 'get',
    path: '/v1/awe/admin/incidents',
    tag: 'incidents',
    summary: 'List what does not go on by itself',
    description:
      'The longest standing first. At most limit of each kind, the oldest; the overview counts all. An incident is over when its cause is gone, and is no longer listed then.',
    access: 'viewer',
    query: Type.Object({
      kind: Type.Optional(
        Type.String({
          description: `Only this kind: ${INCIDENT_KINDS.join(', ')}. Another one matches nothing.`,
        }),
      ),
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 500, default: 100, description: 'Of each kind at most.' }),
      ),
    }),
    success: { status: 200, schema: Type.Array(IncidentOut), description: 'The incidents.' },
    errors: [],
    examples: { response: [examples.incident] },
  }),
  retryIncident: operation({
    operationId: 'retry_incident_v1_awe_admin_incidents__incident_id__retry_post',
    method: 'post',
    path: '/v1/awe/admin/incidents/{incident_id}/retry',
    tag: 'incidents',
    summary: 'Try again what an incident is about',
    description:
      'A look-up is made now, without waiting for its next attempt. Exhausted deliveries of a receiver start from the beginning. People past due are not to be retried: give their tasks to others, or cancel the request.',
    access: 'admin',
    params: Type.Object({ incident_id: Type.String({ description: 'The id of the incident.' }) }),
    success: { status: 200, schema: IncidentRetryOut, description: 'What the retry came to.' },
    errors: [
      refusal('AWE-007', 404, 'No incident has this id, or it is over.'),
      refusal('AWE-007', 409, 'There is nothing to retry; the message says what to do instead.'),
    ],
    examples: { response: examples.retriedIncident },
  }),
} as const;
