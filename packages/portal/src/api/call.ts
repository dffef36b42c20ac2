import { OPERATION_CALLS } from 'virtual:operation-calls';
import type {
  OperationBody,
  OperationHeaders,
  OperationName,
  OperationParams,
  OperationQuery,
  OperationResult,
} from '@awe/contract/operations';
import { renewToken, token } from '../session/session.ts';
import { ApiFailure, failureOf } from './failure.ts';

/** What an operation takes: `params`, `query`, `headers` and `body`, each where it has one. */
export type CallInput<Name extends OperationName> = Part<'params', OperationParams<Name>> &
  Part<'query', Loose<OperationQuery<Name>>> &
  Part<'headers', Loose<OperationHeaders<Name>>> &
  Part<'body', OperationBody<Name>>;

type Part<Key extends string, Value> = [Value] extends [undefined]
  ? unknown
  : Record<never, never> extends Value
    ? { [K in Key]?: Value | undefined }
    : { [K in Key]: Value };
/** A filter that is not set is left out. */
type Loose<Value> = Value extends object ? { [K in keyof Value]: Value[K] | undefined } : Value;

export type Answer<Name extends OperationName> = {
  data: OperationResult<Name>;
  /** Where the next page starts; null on the last one. */
  next: string | null;
  /** Remarks on a policy that was written. */
  warnings: readonly string[];
};

type AnyInput = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  headers?: Record<string, unknown>;
  body?: unknown;
  signal?: AbortSignal | undefined;
};

/**
 * Calls an operation as whoever is signed in. When the session has ended, the call waits until that person has signed in
 * again and is then made once more, so that nothing typed is lost.
 * @throws ApiFailure for every answer but a success
 */
export async function call<Name extends OperationName>(
  name: Name,
  ...[input]: Record<never, never> extends CallInput<Name>
    ? [input?: CallInput<Name> & { signal?: AbortSignal }]
    : [input: CallInput<Name> & { signal?: AbortSignal }]
): Promise<Answer<Name>> {
  const given: AnyInput = input ?? {};
  const used = token();
  let response = await send(name, given, used);
  if (response.status === 401) {
    const fresh = await renewToken(used);
    if (fresh !== null) response = await send(name, given, fresh);
  }
  if (!response.ok) throw await failureOf(response);
  return {
    data: (response.status === 204 ? null : await response.json()) as OperationResult<Name>,
    next: nextCursor(response.headers.get('link')),
    warnings: JSON.parse(response.headers.get('x-awe-warnings') ?? '[]'),
  };
}

async function send(name: OperationName, input: AnyInput, bearer: string | null): Promise<Response> {
  const { method, path } = OPERATION_CALLS[name];
  const headers = new Headers({ accept: 'application/json' });
  for (const [header, value] of entries(input.headers)) headers.set(header, value);
  if (bearer !== null) headers.set('authorization', `Bearer ${bearer}`);
  if (input.body !== undefined) headers.set('content-type', 'application/json');
  try {
    return await fetch(addressOf(path, input), {
      method,
      headers,
      ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
      ...(input.signal && { signal: input.signal }),
    });
  } catch (error) {
    if (input.signal?.aborted) throw error;
    throw new ApiFailure(error instanceof Error ? error.message : String(error), { status: 0 });
  }
}

function addressOf(path: string, { params = {}, query }: AnyInput): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams(entries(query)).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

/** What is set, as text. */
function entries(values: Record<string, unknown> = {}): [string, string][] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => [name, String(value)]);
}

function nextCursor(link: string | null): string | null {
  const next = link?.match(/<([^>]+)>;\s*rel="next"/)?.[1];
  return next === undefined ? null : new URL(next, location.origin).searchParams.get('cursor');
}
