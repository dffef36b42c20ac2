import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { guardedConnector, type Resolve, sharedResolve, systemResolve } from './connect.ts';
import { OutboundFailure } from './failure.ts';
import { createPools } from './pools.ts';
import { targetJudge } from './target.ts';

export type OutboundSettings = {
  deny_private: boolean;
  allow_hosts: readonly string[];
  deny_hosts: readonly string[];
  max_response_bytes: number;
};

export type OutboundCall = {
  url: string;
  headers: Record<string, string>;
  body: Buffer | string;
  /** For everything together: name lookup, connection and answer; milliseconds. */
  timeoutMs: number;
  /** The body is cut after this; default and upper bound `outbound.max_response_bytes`. */
  maxResponseBytes?: number;
  signal?: AbortSignal;
};

/** The beginning of an answer, complete in itself. */
export type OutboundHead = { status: number; headers: IncomingHttpHeaders };

export type OutboundAnswer = OutboundHead & {
  body: Buffer;
  /** The body was longer than allowed; `body` is its beginning. */
  truncated: boolean;
};

export type Outbound = {
  /**
   * Sends a POST and takes whatever answer comes, redirects included: they are not followed.
   * @throws OutboundFailure when there is no complete answer
   */
  post(call: OutboundCall): Promise<OutboundAnswer>;
  /**
   * Sends a POST of whose answer only status and headers count: whether a body follows, late or broken, changes nothing.
   * A short one that follows at once is read, so that the connection can be used again.
   * @throws OutboundFailure when status and headers did not come within `timeoutMs`
   */
  notify(call: OutboundCall): Promise<OutboundHead>;
  /** Why a `callback_url` can never be called, or null. Asks no DNS: a name is judged when it is connected to. */
  callbackUrlFault(url: string): string | null;
  /** Takes no more calls, lets those in flight finish, then drops the connections. */
  close(): Promise<void>;
};

const CONNECT_TIMEOUT_MS = 10_000;
/** The body of a notice's answer is thrown away; one that is longer or takes longer costs a new connection instead. */
const THROWN_AWAY_BYTES = 16_384;
const THROWN_AWAY_WITHIN_MS = 250;

/**
 * The one way in which the server calls others (callbacks and `http` rules). No proxy from the environment, no
 * redirects, no decompression; addresses are judged as the connection is made.
 */
export function createOutbound(
  settings: OutboundSettings,
  { allowLoopback, resolve = systemResolve }: { allowLoopback: boolean; resolve?: Resolve },
): Outbound {
  const reach = { loopback: allowLoopback, private: !settings.deny_private };
  const judge = targetJudge({ reach, allowHosts: settings.allow_hosts, denyHosts: settings.deny_hosts });
  const pools = createPools(guardedConnector(reach, sharedResolve(resolve), CONNECT_TIMEOUT_MS));
  const inFlight = new Set<Promise<unknown>>();
  let closed = false;

  /** `read` makes of a response what the caller gets; `wanted` names that for people. */
  async function send<Answer>(
    call: OutboundCall,
    wanted: string,
    read: (response: Dispatcher.ResponseData) => Promise<Answer> | Answer,
  ): Promise<Answer> {
    const target = judge(call.url);
    if (closed) throw givenUp(target, ': the server is shutting down');
    const sending = exchange(target, call, wanted, read);
    inFlight.add(sending);
    try {
      return await sending;
    } finally {
      inFlight.delete(sending);
    }
  }

  async function exchange<Answer>(
    target: URL,
    { headers, body, timeoutMs, signal }: OutboundCall,
    wanted: string,
    read: (response: Dispatcher.ResponseData) => Promise<Answer> | Answer,
  ): Promise<Answer> {
    const path = `${target.pathname}${target.search}`;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), timeoutMs);
    const end = signal ? AbortSignal.any([deadline.signal, signal]) : deadline.signal;
    try {
      return await pools.use(target.origin, (pool) =>
        beforeEnd(end, pool.request({ method: 'POST', path, headers, body, signal: end }).then(read)),
      );
    } catch (error) {
      if (deadline.signal.aborted) throw timedOut(target, wanted, timeoutMs);
      if (signal?.aborted) throw givenUp(target);
      throw outboundFailure(target, error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async post(call) {
      const limit = Math.min(call.maxResponseBytes ?? Number.POSITIVE_INFINITY, settings.max_response_bytes);
      return await send(call, 'complete answer', async (response) => ({
        ...headOf(response),
        ...(await readUpTo(limit, response)),
      }));
    },

    async notify(call) {
      return await send(call, 'answer', (response) => {
        throwAway(response);
        return headOf(response);
      });
    },

    callbackUrlFault(url) {
      try {
        judge(url);
        return null;
      } catch (error) {
        if (error instanceof OutboundFailure) return error.message;
        throw error;
      }
    },

    async close() {
      closed = true;
      await Promise.allSettled(inFlight);
      await pools.destroy();
    },
  };
}

function headOf({ statusCode, headers }: Dispatcher.ResponseData): OutboundHead {
  return { status: statusCode, headers };
}

/** Beside the call, which has its answer already. The connection goes with a body that is not there in time. */
function throwAway({ body }: Dispatcher.ResponseData): void {
  const timer = setTimeout(() => body.destroy(), THROWN_AWAY_WITHIN_MS);
  body.on('close', () => clearTimeout(timer));
  void body.dump({ limit: THROWN_AWAY_BYTES });
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

async function readUpTo(
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
