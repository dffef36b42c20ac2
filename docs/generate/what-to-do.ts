import type { ErrorCode, StatusOf } from '@awe/contract/errors';

/** Whether the same call may be sent again, and what to look at before. */
export type Advice = { retry: 'no' | 'yes' | 'after a correction'; then: string };

const later = (then: string): Advice => ({ retry: 'yes', then });
const corrected = (then: string): Advice => ({ retry: 'after a correction', then });
const never = (then: string): Advice => ({ retry: 'no', then });

const NOTHING_DONE = 'Nothing was carried out. Wait for `Retry-After`, then send the same call.';

/** What a client does with each answer: complete, because the compiler asks for every status of every code. */
export const ADVICE: { [Code in ErrorCode]: { [Status in StatusOf<Code>]: Advice } } = {
  'AWE-001': { 404: corrected('Correct the key or the version, or have a version activated.') },
  'AWE-002': { 409: never('Add a version with `PUT /policies/{policy_key}`.') },
  'AWE-003': { 404: never('The id is wrong, or the request was archived.') },
  'AWE-004': { 404: never('List what is there.') },
  'AWE-005': { 503: later(NOTHING_DONE) },
  'AWE-006': {
    503: later(
      'Any call is answered so while the database is away. It may have been carried out: read before you repeat a decision; repeat a create with the same `Idempotency-Key`.',
    ),
  },
  'AWE-007': {
    400: corrected('Correct what the message names, usually `callback_url` or `callback_secret_id`.'),
    404: never('Check the id.'),
    409: never('Somebody was faster, or it is over. Read the request or task again and decide anew.'),
    503: later('Nothing was written. Wait some seconds between two tries.'),
  },
  'AWE-008': {
    401: corrected('Get a fresh token, and send the call once more.'),
    403: never('Another token is needed, or another person.'),
  },
  'AWE-009': {
    409: never('It is a fault of the caller: one key, two bodies. Take a key for each thing asked for.'),
  },
  'AWE-010': { 400: corrected('Correct every place that the message names.') },
  'AWE-011': { 503: later('Only pickers are affected. Try again when Keycloak answers.') },
  'AWE-012': {
    400: corrected('Look at what lies between you and the service.'),
    404: never('The path is wrong. Compare it with `GET /v1/awe/openapi.json`.'),
    405: never('The `Allow` header says which methods there are.'),
    408: later('The call came too slowly. Send it again, in one go.'),
    413: corrected('Send less: keep documents elsewhere, and refer to them.'),
    415: corrected('Send `application/json`.'),
    429: later(NOTHING_DONE),
    431: corrected('The headers are too large, the token usually.'),
  },
  'AWE-500': {
    500: never(
      'It may have been carried out. Tell the operator the id in the message, and read the state before you go on.',
    ),
  },
};
