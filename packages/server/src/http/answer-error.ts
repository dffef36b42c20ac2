import { errorEnvelope } from '@awe/contract/envelope';
import type { ErrorCode, StatusOf } from '@awe/contract/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AweError, type AweErrorKind } from '../awe-error.ts';
import { IdentityFailure } from '../identity/failure.ts';
import { InvalidCursor } from '../ledger/cursor.ts';
import { isUnavailable } from '../ledger/database-failure.ts';
import { CallFault, type CallFaultKind, ShapeFault } from './call-fault.ts';
import { faultOfFramework } from './framework-fault.ts';
import type { HttpServices } from './services.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the call was refused; null when it was not. One of a closed list, good for labels. */
    refusal: string | null;
  }
}

type Headers = Readonly<Record<string, string>>;
type Refusal = { code: ErrorCode; status: number; headers: Headers };

const SOON: Headers = { 'retry-after': '1' };

/** A status that the catalogue allows for its code. */
function refusal<Code extends ErrorCode>(code: Code, status: StatusOf<Code>, headers: Headers = {}): Refusal {
  return { code, status, headers };
}

/** The code and status of every expected failure: complete, because the compiler asks for each kind. */
const REFUSALS: Readonly<Record<AweErrorKind | CallFaultKind, Refusal>> = {
  policy_not_found: refusal('AWE-001', 404),
  policy_exists: refusal('AWE-002', 409),
  request_not_found: refusal('AWE-003', 404),
  task_not_found: refusal('AWE-004', 404),
  delegation_not_found: refusal('AWE-004', 404),
  delivery_not_found: refusal('AWE-007', 404),
  incident_not_found: refusal('AWE-007', 404),
  secret_not_found: refusal('AWE-007', 404),
  not_ready: refusal('AWE-005', 503, SOON),
  database_unavailable: refusal('AWE-006', 503, SOON),
  cannot_start: refusal('AWE-007', 400),
  conflict: refusal('AWE-007', 409),
  upstream_failed: refusal('AWE-007', 503),
  unauthenticated: refusal('AWE-008', 401, { 'www-authenticate': 'Bearer' }),
  keys_unavailable: refusal('AWE-005', 503, SOON),
  forbidden: refusal('AWE-008', 403),
  idempotency_conflict: refusal('AWE-009', 409),
  policy_invalid: refusal('AWE-010', 400),
  directory_failed: refusal('AWE-011', 503),
  overloaded: refusal('AWE-005', 503, SOON),
  no_such_path: refusal('AWE-012', 404),
  no_such_method: refusal('AWE-012', 405),
  body_too_large: refusal('AWE-012', 413),
  body_not_json: refusal('AWE-012', 415),
  rate_limited: refusal('AWE-012', 429),
  wrong_host: refusal('AWE-012', 400),
};

/**
 * Answers a call that failed, whatever the error: the one place where errors become answers. What nobody expected is a
 * fault of ours: the caller gets the id of the call, the log gets the stack.
 */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  services: Pick<HttpServices, 'clock' | 'responder'>,
): FastifyReply {
  const known = error instanceof Error ? faultOfFramework(error, request) : error;
  request.refusal = refusalKind(known);
  if (known instanceof ShapeFault) {
    return send(reply, 422, {}, { detail: known.detail });
  }
  if (known instanceof InvalidCursor) {
    const loc = ['query', 'cursor'];
    return send(
      reply,
      422,
      {},
      { detail: [{ loc, msg: `The cursor ${known.message}`, type: 'invalid_cursor' }] },
    );
  }
  const { code, status, headers, message } = refusalFor(known, request);
  return send(reply, status, headers, errorEnvelope(code, message, services.clock.now(), services.responder));
}

function refusalKind(error: unknown): string {
  if (error instanceof ShapeFault || error instanceof InvalidCursor) return 'invalid_shape';
  if (error instanceof AweError || error instanceof IdentityFailure || error instanceof CallFault)
    return error.kind;
  return isUnavailable(error) ? 'database_unavailable' : 'fault';
}

function refusalFor(error: unknown, request: FastifyRequest): Refusal & { message: string } {
  if (error instanceof AweError || error instanceof IdentityFailure) {
    return { ...REFUSALS[error.kind], message: error.message };
  }
  if (error instanceof CallFault) {
    return { ...REFUSALS[error.kind], headers: error.headers, message: error.message };
  }
  if (isUnavailable(error)) {
    request.log.warn({ err: error }, 'the database cannot be used');
    return {
      ...REFUSALS.database_unavailable,
      message:
        'The database cannot be used at the moment. Try again; repeat a create with the same Idempotency-Key.',
    };
  }
  request.log.error({ err: error }, 'a call failed by a fault of ours');
  return {
    ...refusal('AWE-500', 500),
    message: `The service failed; the fault is not yours. Tell the operator the correlation id ${request.id}: the log holds the cause under it.`,
  };
}

function send(reply: FastifyReply, status: number, headers: Headers, body: object): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(body));
}
