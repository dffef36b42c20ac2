/** Every way an operation can fail that is not a bug, by the code its caller sees. `http/answer-error.ts` maps it to a status. */
export type AweErrorKind =
  | 'policy_not_found'
  | 'policy_exists'
  | 'request_not_found'
  | 'task_not_found'
  | 'delegation_not_found'
  | 'delivery_not_found'
  | 'incident_not_found'
  | 'secret_not_found'
  | 'not_ready'
  | 'database_unavailable'
  | 'cannot_start'
  | 'conflict'
  | 'upstream_failed'
  | 'unauthenticated'
  | 'keys_unavailable'
  | 'forbidden'
  | 'idempotency_conflict'
  | 'policy_invalid'
  | 'directory_failed'
  | 'overloaded';

/** `message` says what was wrong, where, and the way out; it is shown to the caller as it is. */
export class AweError extends Error {
  readonly kind: AweErrorKind;

  constructor(kind: AweErrorKind, message: string) {
    super(message);
    this.name = 'AweError';
    this.kind = kind;
  }
}
