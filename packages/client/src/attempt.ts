import type { AweError } from './awe-error.ts';
import type { Clock } from './clock.ts';
import { type Deadline, openDeadline, unlessEnded } from './deadline.ts';
import { brokenAnswer, type Called, failureOf, timedOut, unanswered } from './failure.ts';
import type { AnyInput } from './input.ts';

export type Fetch = (request: Request) => Promise<Response>;

/** Sends one call and reads what it answers; `openapi-fetch` for any operation. */
export type Send = (
  method: string,
  path: string,
  init: {
    params: { path?: object | undefined; query?: object | undefined };
    body?: unknown;
    headers: Record<string, string>;
    signal: AbortSignal;
    redirect: 'manual';
    parseAs: 'text' | 'stream';
    fetch: Fetch;
  },
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

export type AttemptSetting = { send: Send; fetch: Fetch; clock: Clock; timeoutMs: number; called: Called };

/** A success: text for `text`, a stream for `stream`, undefined when it has no body. */
export type Answered = { data: unknown; response: Response; deadline: Deadline };

/**
 * One attempt of a call: with the headers that `headersFor` makes for it, its token among them.
 * @throws the signal's reason when the caller gives up; whatever keeps the call from being sent, for it would the next time
 */
export async function attempt(
  { method, path, as }: { method: string; path: string; as: 'json' | 'stream' },
  input: AnyInput,
  headersFor: (signal: AbortSignal) => Promise<Record<string, string>>,
  { send, fetch, clock, timeoutMs, called }: AttemptSetting,
): Promise<Answered | AweError> {
  const deadline = openDeadline(clock, timeoutMs, input.signal);
  const { signal } = deadline;
  let sent = false;
  let keep = false;
  try {
    const headers = await unlessEnded(signal, headersFor(signal));
    const { data, error, response } = await unlessEnded(
      signal,
      send(method, path, {
        params: { path: input.path, query: input.query },
        body: input.body,
        headers,
        signal,
        // Followed, a POST could become a GET, and its answer be taken for the one that was asked for.
        redirect: 'manual',
        parseAs: as === 'json' ? 'text' : as,
        fetch: (request) => {
          sent = true;
          return fetch(request);
        },
      }),
    );
    if (!response.ok) return failureOf(response, error, called);
    if (as === 'json') return read(data, response, deadline, called);
    if (!isLines(response)) return brokenAnswer(response, undefined, called);
    deadline.lift();
    keep = true;
    return { data, response, deadline };
  } catch (error) {
    input.signal?.throwIfAborted();
    if (deadline.passed()) return timedOut(timeoutMs, called, sent);
    if (!sent) throw error;
    return unanswered(error, called);
  } finally {
    if (!keep) deadline.close();
  }
}

function isLines(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('application/x-ndjson') ?? false;
}

function read(data: unknown, response: Response, deadline: Deadline, called: Called): Answered | AweError {
  if (response.status === 204) return { data: undefined, response, deadline };
  if (isLines(response)) return { data, response, deadline };
  const type = response.headers.get('content-type') ?? 'nothing';
  try {
    if (!type.startsWith('application/json')) throw new TypeError(`The type of the answer is ${type}`);
    return { data: JSON.parse(String(data)), response, deadline };
  } catch (error) {
    return brokenAnswer(response, error, called);
  }
}
