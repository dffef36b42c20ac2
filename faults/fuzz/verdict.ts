import { ERROR_CATALOGUE, type ErrorCode } from '@awe/contract/errors';
import { type Operation, refusalsOf } from '@awe/contract/operation';
import type { ServedDocument } from './document.ts';
import type { Expectation } from './expectation.ts';
import type { Answer } from './send.ts';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const STACK = /node_modules|\n\s+at |\.ts:\d+/;
const PLACES = ['body', 'query', 'path', 'header'];
/** Refusals that pass by themselves, and say when to come back. */
const PASSING = ['AWE-005', 'AWE-006'];
/** Of a token that is echoed, nobody repeats a piece this long by chance. */
const TELLING = 20;

type Entry = { loc?: unknown[]; msg?: unknown; type?: unknown };

/** Everything that is wrong with the answer of an operation. */
export function faultsOfAnswer(
  answer: Answer,
  { operation, isHead }: { operation: Operation; isHead: boolean },
  expected: Expectation,
  document: ServedDocument,
): string[] {
  const { method, path } = operation;
  const { status } = answer;
  const faults = status === 500 ? ['a fault of the service itself'] : [];
  // A step of the path that is no UTF-8, or empty, leads nowhere, though its operation exists.
  if (status === 404 && errorOf(answer.text)?.errorCode === 'AWE-012') return faultsOfRefusal(answer);
  if (!document.statusesOf(method, path)?.includes(status))
    faults.push(`the status ${status} is not documented`);
  if (expected.only && !expected.only.includes(status)) {
    faults.push(`the status is ${status}, not ${expected.only.join(' or ')}, though ${expected.because}`);
  }
  if (expected.never.includes(status)) faults.push(`the status is ${status}, though ${expected.because}`);
  if (isHead) return faults;
  if (status === operation.success.status)
    return [...faults, ...faultsOfSuccess(answer, operation, document)];
  const body = parsed(answer.text);
  const fault = document.bodyFault(method, path, status, body);
  if (fault !== null) faults.push(`the body is not as documented for ${status}: ${fault}`);
  if (status === 422) return [...faults, ...faultsOfShape(body)];
  const code = errorOf(answer.text)?.errorCode;
  if (!refusalsOf(operation).some((refusal) => refusal.status === status && refusal.code === code)) {
    faults.push(`the code ${code} is not documented with ${status}`);
  }
  return [...faults, ...faultsOfRefusal(answer)];
}

/** A call that reached nothing is told so: 404, or 405 and what is served there. */
export function faultsOfNowhere(answer: Answer, isHead: boolean): string[] {
  const { status, headers } = answer;
  const faults = [404, 405].includes(status)
    ? []
    : [`the status is ${status}, though nothing is served there`];
  if (status === 405 && !headers.allow) faults.push('405 without Allow');
  return isHead ? faults : [...faults, ...faultsOfRefusal(answer)];
}

/** Whether what came back repeats a secret of the caller. */
export function faultsOfEcho({ text, headers }: Answer, authorization: string | null): string[] {
  const said = `${text}${JSON.stringify(headers)}`;
  const pieces = (authorization ?? '').split(/[\s.]+/).filter((piece) => piece.length >= TELLING);
  return pieces.some((piece) => said.includes(piece)) ? ['the answer repeats the token'] : [];
}

function faultsOfSuccess(
  { headers, text, status }: Answer,
  { method, path, success: { mediaType } }: Operation,
  document: ServedDocument,
) {
  if (mediaType !== undefined) return faultsOfType(headers['content-type'], mediaType);
  if (!document.hasBody(method, path, status)) return text === '' ? [] : [`${status} with a body`];
  const fault = document.bodyFault(method, path, status, parsed(text));
  return [
    ...faultsOfType(headers['content-type']),
    ...(fault === null ? [] : [`the body is not as documented for ${status}: ${fault}`]),
  ];
}

/** The envelope of SPEC 1.3 with exactly one error, whose code may travel with the status. */
export function faultsOfRefusal({ status, headers, text }: Answer): string[] {
  const faults = faultsOfType(headers['content-type']);
  const body = parsed(text) as Record<string, unknown> | undefined;
  const keys = Object.keys(body ?? {})
    .sort()
    .join();
  if (keys !== 'errors,id,response,responsetime,version')
    return [...faults, `no envelope: ${text.slice(0, 200)}`];
  if (body?.response !== null) faults.push('an error whose response is not null');
  if (!MOMENT.test(String(body?.responsetime))) faults.push(`responsetime is ${body?.responsetime}`);
  const errors = body?.errors as unknown[];
  const error = errorOf(text);
  if (
    errors.length !== 1 ||
    Object.keys(error ?? {})
      .sort()
      .join() !== 'errorCode,message'
  ) {
    return [...faults, `not exactly one error: ${JSON.stringify(errors)}`];
  }
  const entry = ERROR_CATALOGUE[error?.errorCode as ErrorCode] as { statuses: readonly number[] } | undefined;
  if (!entry?.statuses.includes(status))
    faults.push(`the code ${error?.errorCode} does not go with ${status}`);
  if (!error?.message || STACK.test(error.message)) faults.push(`the message is ${error?.message}`);
  if (status === 401 && headers['www-authenticate'] !== 'Bearer') faults.push('401 without WWW-Authenticate');
  if (status === 503 && !headers['retry-after'] && PASSING.includes(String(error?.errorCode)))
    faults.push('503 without Retry-After');
  if (!headers['x-request-id']) faults.push('no X-Request-Id');
  return faults;
}

function faultsOfShape(body: unknown): string[] {
  const { detail } = (body ?? {}) as { detail?: Entry[] };
  if (Object.keys(body ?? {}).join() !== 'detail' || !detail?.length) return ['422 without a detail'];
  return detail.flatMap((entry) => {
    const known = Object.keys(entry).every((key) => ['loc', 'msg', 'type', 'input', 'ctx'].includes(key));
    return known && PLACES.includes(String(entry.loc?.[0]))
      ? []
      : [`a fault of another shape: ${JSON.stringify(entry)}`];
  });
}

function faultsOfType(type: string | undefined, expected = 'application/json'): string[] {
  return type === `${expected}; charset=utf-8` ? [] : [`the content type is ${type}`];
}

export function errorOf(text: string): { errorCode?: string; message?: string } | undefined {
  return (parsed(text) as { errors?: { errorCode?: string; message?: string }[] } | undefined)?.errors?.[0];
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
