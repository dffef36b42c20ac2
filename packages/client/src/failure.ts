import { AweError, type AweErrorCode, type ErrorDetail, type Outcome } from './awe-error.ts';
import { ERROR_CODES } from './generated/operations.ts';
import type { OperationName } from './input.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** What failed, and what its failure means. */
export type Called = { operation: OperationName; reads: boolean; now: () => number };

/**
 * With these the service answers 503 before anything is written: it is not ready or overrun (005), or a service that it
 * asks did not answer (007, 011). 006 may follow a lost connection to its database in the middle of a commit.
 */
const NOTHING_WRITTEN: readonly AweErrorCode[] = ['AWE-005', 'AWE-007', 'AWE-011'];

/** The error for an answer that is no success. `body` is what it said, parsed where it is JSON. */
export function failureOf(response: Response, body: unknown, called: Called): AweError {
  const { status, headers } = response;
  const { code, message, details } = said(body, status);
  const redirected = response.type === 'opaqueredirect' || (status >= 300 && status < 400);
  const to = headers.get('location');
  return new AweError(
    redirected
      ? `The call was redirected${to === null ? '' : ` to ${to}`}, and calls are not sent on: put the address that answers into baseUrl.`
      : message,
    {
      code,
      status,
      details,
      operation: called.operation,
      outcome: called.reads || redirected ? 'refused' : outcomeOf(status, code),
      requestId: headers.get('x-request-id'),
      retryAfterSeconds: retryAfterSeconds(headers.get('retry-after'), called.now()),
    },
  );
}

/** The error for an answer that began as a success and is none. */
export function brokenAnswer(response: Response, cause: unknown, called: Called): AweError {
  return new AweError(
    `What answered ${response.status} is not the service: its body is no JSON. Look at baseUrl, and at what lies between you and it.`,
    {
      code: 'UNEXPECTED_ANSWER',
      status: response.status,
      operation: called.operation,
      outcome: called.reads ? 'refused' : 'unknown',
      requestId: response.headers.get('x-request-id'),
      cause,
    },
  );
}

/** The error for a call that was not answered within `ms`, or that had no token to be sent with by then. */
export function timedOut(ms: number, { operation, reads }: Called, sent: boolean): AweError {
  const message = `${operation}: no ${sent ? 'answer' : 'token'} within ${ms} ms (timeoutMs).`;
  return new AweError(message, {
    code: 'TIMEOUT',
    status: 0,
    operation,
    outcome: reads || !sent ? 'refused' : 'unknown',
  });
}

/** The error for a call that was not answered because `cause` came between. */
export function unanswered(cause: unknown, { operation, reads }: Called): AweError {
  const why = cause instanceof Error ? rootOf(cause).message || cause.message : String(cause);
  return new AweError(`${operation}: no whole answer came: ${why}. Look at baseUrl and at the network.`, {
    code: 'NETWORK',
    status: 0,
    operation,
    outcome: reads || neverConnected(cause) ? 'refused' : 'unknown',
    cause,
  });
}

function outcomeOf(status: number, code: AweErrorCode): Outcome {
  if (status === 503) return NOTHING_WRITTEN.includes(code) ? 'refused' : 'unknown';
  // 408 of something in between may come while the service is still at work.
  const refused = status >= 400 && status < 500 && !(status === 408 && code === 'UNEXPECTED_ANSWER');
  return refused ? 'refused' : 'unknown';
}

type Said = { code: AweErrorCode; message: string; details: readonly ErrorDetail[] };

function said(body: unknown, status: number): Said {
  const { errors, detail } = (typeof body === 'object' && body !== null ? body : {}) as {
    errors?: { errorCode?: unknown; message?: unknown }[];
    detail?: unknown;
  };
  if (status === 422 && isDetails(detail)) {
    const places = detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`);
    return { code: 'INVALID_SHAPE', message: places.join('; '), details: detail };
  }
  const [error] = Array.isArray(errors) ? errors : [];
  const code = ERROR_CODES.find((each) => each === error?.errorCode);
  const message = typeof error?.message === 'string' ? error.message : null;
  if (code) return { code, message: message ?? `The service answered ${status} ${code}.`, details: [] };
  const what =
    message === null
      ? `Something that is not the service answered ${status}. Look at baseUrl, and at what lies between you and it.`
      : `${String(error?.errorCode)}: ${message}`;
  return { code: 'UNEXPECTED_ANSWER', message: what, details: [] };
}

/** Others answer 422 as well, with a shape of their own. */
function isDetails(detail: unknown): detail is ErrorDetail[] {
  return Array.isArray(detail) && detail.length > 0 && detail.every((each) => Array.isArray(each?.loc));
}

function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}

/** As Node tells it: nobody listened, or the name is unknown. Elsewhere a call that may have been sent is taken to be so. */
function neverConnected(error: unknown): boolean {
  const root = error instanceof Error ? rootOf(error) : null;
  const code = root && 'code' in root ? root.code : null;
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
}
