import type { components } from './generated/openapi.ts';
import type { ERROR_CODES } from './generated/operations.ts';
import type { OperationName } from './input.ts';

/** A code of the service's error catalogue. */
export type ServiceErrorCode = (typeof ERROR_CODES)[number];

/**
 * Every code that an error of the client carries: those of the service's catalogue, and
 * - `INVALID_SHAPE`: what was sent has the wrong shape (422); `details` lists every place
 * - `NETWORK`: no answer came, or it broke off
 * - `TIMEOUT`: no answer came in time
 * - `UNEXPECTED_ANSWER`: what answered is not the service, but something between you and it, or a service much newer
 */
export type AweErrorCode = ServiceErrorCode | 'INVALID_SHAPE' | 'NETWORK' | 'TIMEOUT' | 'UNEXPECTED_ANSWER';

/** One place where what was sent has the wrong shape: `loc` leads to it from `body`, `query`, `path` or `header`. */
export type ErrorDetail = components['schemas']['ValidationError'];

/** Whether the call did nothing, or nobody knows whether it did. */
export type Outcome = 'refused' | 'unknown';

export type AweErrorFields = {
  code: AweErrorCode;
  /** Of the answer; 0 when there was none. */
  status: number;
  operation: OperationName;
  outcome: Outcome;
  details?: readonly ErrorDetail[];
  requestId?: string | null;
  retryAfterSeconds?: number | null;
  idempotencyKey?: string | null;
  attempts?: number;
  cause?: unknown;
};

/** Why a call failed. The message says what was wrong and what to do; it holds no token. */
export class AweError extends Error {
  override readonly name = 'AweError';
  readonly code: AweErrorCode;
  /** The HTTP status of the last answer; 0 when there was none. */
  readonly status: number;
  readonly operation: OperationName;
  /**
   * `refused`: nothing was carried out. `unknown`: it may have been carried out; read the state before you repeat it, or
   * repeat a create with the same `idempotencyKey`.
   */
  readonly outcome: Outcome;
  /** Every place of a wrong shape; empty unless the code is `INVALID_SHAPE`. */
  readonly details: readonly ErrorDetail[];
  /** Finds the call in the service's log: the answer's `X-Request-Id`. */
  readonly requestId: string | null;
  /** How long the service asks to be left alone; null when it did not say. */
  readonly retryAfterSeconds: number | null;
  /** The key under which the call can be repeated; null when its operation takes none. */
  readonly idempotencyKey: string | null;
  /** How often it was tried. */
  readonly attempts: number;

  constructor(message: string, fields: AweErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.status = fields.status;
    this.operation = fields.operation;
    this.outcome = fields.outcome;
    this.details = fields.details ?? [];
    this.requestId = fields.requestId ?? null;
    this.retryAfterSeconds = fields.retryAfterSeconds ?? null;
    this.idempotencyKey = fields.idempotencyKey ?? null;
    this.attempts = fields.attempts ?? 1;
  }
}

/** Whether `error` is one of the client's, and has the code, if one is asked for. */
export function isAweError<Code extends AweErrorCode = AweErrorCode>(
  error: unknown,
  code?: Code,
): error is AweError & { readonly code: Code } {
  return error instanceof AweError && (code === undefined || error.code === code);
}
