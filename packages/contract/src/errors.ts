/** What one error code means: the statuses it may travel with, when it is answered, and the way out. */
export type ErrorEntry = { statuses: readonly number[]; meaning: string; remedy: string };

/** Every error code the service answers with. Documents are generated from it, so nothing may answer a code outside it. */
export const ERROR_CATALOGUE = {
  'AWE-001': {
    statuses: [404],
    meaning: 'The policy or the version does not exist, or the key has no active version.',
    remedy:
      'Check the policy_key and the version number; to start requests, activate a version of the policy.',
  },
  'AWE-002': {
    statuses: [409],
    meaning: 'A policy with this policy_key exists already.',
    remedy: 'Add a version to it with PUT /policies/{policy_key}, or choose another key.',
  },
  'AWE-003': {
    statuses: [404],
    meaning: 'The approval request does not exist.',
    remedy: 'Check the request_id; search by artifact with GET /requests.',
  },
  'AWE-004': {
    statuses: [404],
    meaning: 'The task or the delegation does not exist.',
    remedy: 'Check the id; list what exists with GET /tasks or GET /delegations.',
  },
  'AWE-005': {
    statuses: [503],
    meaning: 'The service is starting or shutting down.',
    remedy: 'Try again in a few seconds; repeat a create with the same Idempotency-Key.',
  },
  'AWE-006': {
    statuses: [503],
    meaning: 'The database does not answer: to the health probe, or to an operation that needs it.',
    remedy:
      'Check that the database runs and that DATABASE_URL points to it. Reads, and a create with its Idempotency-Key, can be repeated.',
  },
  'AWE-007': {
    statuses: [400, 404, 409, 503],
    meaning:
      '400: the engine refused to start the request. 404: the webhook delivery, the incident or the callback secret does not ' +
      'exist. 409: the present state forbids the step. 503: a service that is needed to find the approvers did not answer.',
    remedy:
      '400: correct what the message names. 404: check the id. 409: read the resource again and decide ' +
      'anew. 503: nothing was written; try again later.',
  },
  'AWE-008': {
    statuses: [401, 403],
    meaning:
      '401: the bearer token is missing, malformed, expired, wrongly signed, or from another issuer or audience. ' +
      '403: the token is good, but its owner lacks the role or is not the assignee.',
    remedy: '401: obtain a new token. 403: ask for the role that the message names, or let the assignee act.',
  },
  'AWE-009': {
    statuses: [409],
    meaning: 'The Idempotency-Key was used before with a different body.',
    remedy: 'Repeat exactly the same body with a key, and take a new key for a new request.',
  },
  'AWE-010': {
    statuses: [400],
    meaning:
      'The definition has the right shape but cannot work, or the key in the URL differs from the one in the body.',
    remedy: 'Correct every place that the message names.',
  },
  'AWE-011': {
    statuses: [503],
    meaning: 'Looking up users, roles, clients or groups in Keycloak failed.',
    remedy: 'Check the Keycloak settings and that Keycloak answers; then try again.',
  },
  'AWE-012': {
    statuses: [400, 404, 405, 408, 413, 415, 429, 431],
    meaning:
      'The call did not reach an operation: 404: no such path. 405: the path has no such method. 413: the body is ' +
      'too large. 415: the body is not JSON. 429: too many calls. 400, 408, 431: what came is not HTTP, came too ' +
      'slowly, or has headers that are too large.',
    remedy:
      '404, 405: compare the call with openapi.json and the Allow header. 413: send less. 415: send ' +
      'application/json. 429: slow down. 400, 408, 431: look at what lies between you and the service.',
  },
  'AWE-500': {
    statuses: [500],
    meaning: 'The service failed; the fault is not yours.',
    remedy: 'Tell the operator the correlation id in the message; the log holds the cause under that id.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** The statuses a code may travel with, as types: `StatusOf<'AWE-008'>` is `401 | 403`. */
export type StatusOf<Code extends ErrorCode> = (typeof ERROR_CATALOGUE)[Code]['statuses'][number];

/** Every error code, in catalogue order. */
export const ERROR_CODES = Object.keys(ERROR_CATALOGUE) as ErrorCode[];
