import type { Dispatcher } from 'undici';
import { OutboundFailure } from './failure.ts';
import type { Pools } from './pools.ts';

export type Call = {
  method: Dispatcher.HttpMethod;
  headers: Record<string, string>;
  body: Buffer | string | null;
  /** For everything together: name lookup, connection and answer; milliseconds. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
};

/** Sends a call; `read` makes of the response what the caller gets, and `wanted` names that for people. */
export type Exchange = <Answer>(
  target: URL,
  call: Call,
  wanted: string,
  read: (response: Dispatcher.ResponseData) => Promise<Answer> | Answer,
) => Promise<Answer>;

/**
 * One call and its answer over these pools, under one clock. `close` takes no more calls, lets those in flight finish, and
 * drops the connections.
 * @throws OutboundFailure (from the returned function) when there is no answer
 */
export function createExchange(pools: Pools): { exchange: Exchange; close: () => Promise<void> } {
  const inFlight = new Set<Promise<unknown>>();
  let closed = false;

  const send: Exchange = async (target, { method, headers, body, timeoutMs, signal }, wanted, read) => {
    const path = `${target.pathname}${target.search}`;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), timeoutMs);
    const end = signal ? AbortSignal.any([deadline.signal, signal]) : deadline.signal;
    try {
      return await pools.use(target.origin, (pool) =>
        beforeEnd(end, pool.request({ method, path, headers, body, signal: end }).then(read)),
      );
    } catch (error) {
      if (deadline.signal.aborted) throw timedOut(target, wanted, timeoutMs);
      if (signal?.aborted) throw givenUp(target);
      throw outboundFailure(target, error);
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    async exchange(target, ...rest) {
      if (closed) throw givenUp(target, ': the server is shutting down');
      const sending = send(target, ...rest);
      inFlight.add(sending);
      try {
        return await sending;
      } finally {
        inFlight.delete(sending);
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(inFlight);
      await pools.destroy();
    },
  };
}

/** The first `limit` bytes of a body. */
export async function readUpTo(
  limit: number,
  { body }: Dispatcher.ResponseData,
): Promise<{ body: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, limit - length));
    length += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection: nothing more is read.
    if (length > limit) return { body: Buffer.concat(chunks), truncated: true };
  }
  return { body: Buffer.concat(chunks), truncated: false };
}

/**
 * undici honours a signal only once a request has a connection. A call that ends while it waits for one, or for its
 * name, is left behind here; undici then drops it without sending it.
 */
async function beforeEnd<Result>(end: AbortSignal, work: Promise<Result>): Promise<Result> {
  const ended = Promise.withResolvers<never>();
  const reject = () => ended.reject(end.reason);
  if (end.aborted) reject();
  end.addEventListener('abort', reject, { once: true });
  try {
    return await Promise.race([work, ended.promise]);
  } finally {
    end.removeEventListener('abort', reject);
  }
}

function givenUp(target: URL, why = ''): OutboundFailure {
  return new OutboundFailure('aborted', `the call to ${target.host} was given up${why}`);
}

function timedOut(target: URL, wanted: string, timeoutMs: number): OutboundFailure {
  return new OutboundFailure('timeout', `${target.host} gave no ${wanted} within ${timeoutMs / 1000} s`);
}

function outboundFailure(target: URL, error: unknown): OutboundFailure {
  if (error instanceof OutboundFailure) return error;
  const [first] = error instanceof AggregateError ? error.errors : [error];
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return new OutboundFailure('timeout', `${target.host} did not accept a connection in time`, {
      cause: error,
    });
  }
  const detail = first instanceof Error ? first.message || code : String(first);
  return new OutboundFailure('connection', `${target.host}: ${detail}`, { cause: error });
}
