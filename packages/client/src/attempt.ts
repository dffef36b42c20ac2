import type { AweError } from './awe-error.ts';
import type { Clock } from './clock.ts';
import { type Deadline, openDeadline } from './deadline.ts';
import { brokenAnswer, type Called, failureOf, timedOut, unanswered } from './failure.ts';
import type { AnyInput } from './input.ts';

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
  },
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

export type AttemptSetting = { send: Send; clock: Clock; timeoutMs: number; called: Called };

/** A success: text for `text`, a stream for `stream`, undefined when it has no body. */
export type Answered = { data: unknown; response: Response; deadline: Deadline };

/**
 * One attempt of a call.
 * @throws the signal's reason when the caller gives up
 */
export async function attempt(
  { method, path, as }: { method: string; path: string; as: 'json' | 'stream' },
  input: AnyInput,
  headers: Record<string, string>,
  { send, clock, timeoutMs, called }: AttemptSetting,
): Promise<Answered | AweError> {
  const deadline = openDeadline(clock, timeoutMs, input.signal);
  const init = {
    params: { path: input.path, query: input.query },
    body: input.body,
    headers,
    signal: deadline.signal,
    // Followed, a POST could become a GET, and its answer be taken for the one that was asked for.
    redirect: 'manual' as const,
    parseAs: as === 'json' ? ('text' as const) : as,
  };
  let keep = false;
  try {
    const { data, error, response } = await send(method, path, init);
    if (!response.ok) return failureOf(response, error, called);
    if (as === 'json') return read(data, response, deadline, called);
    deadline.lift();
    keep = true;
    return { data, response, deadline };
  } catch (error) {
    input.signal?.throwIfAborted();
    return deadline.passed() ? timedOut(timeoutMs, called) : unanswered(error, called);
  } finally {
    if (!keep) deadline.close();
  }
}

function read(data: unknown, response: Response, deadline: Deadline, called: Called): Answered | AweError {
  if (response.status === 204) return { data: undefined, response, deadline };
  const type = response.headers.get('content-type') ?? 'nothing';
  if (type.startsWith('application/x-ndjson')) return { data, response, deadline };
  try {
    if (!type.startsWith('application/json')) throw new TypeError(`The type of the answer is ${type}`);
    return { data: JSON.parse(String(data)), response, deadline };
  } catch (error) {
    return brokenAnswer(response, error, called);
  }
}
