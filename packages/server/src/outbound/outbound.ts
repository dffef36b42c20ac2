import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import {
  CONNECT_TIMEOUT_MS,
  guardedConnector,
  type Resolve,
  sharedResolve,
  systemResolve,
} from './connect.ts';
import { createExchange, readUpTo } from './exchange.ts';
import { OutboundFailure } from './failure.ts';
import { hostMatcher } from './host-list.ts';
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
  const reach = {
    loopback: allowLoopback,
    private: !settings.deny_private,
    denied: hostMatcher(settings.deny_hosts),
  };
  const judge = targetJudge({ reach, allowHosts: settings.allow_hosts, denyHosts: settings.deny_hosts });
  const { exchange, close } = createExchange(
    createPools(guardedConnector(reach, sharedResolve(resolve), CONNECT_TIMEOUT_MS)),
  );

  return {
    async post({ url, ...call }) {
      const limit = Math.min(call.maxResponseBytes ?? Number.POSITIVE_INFINITY, settings.max_response_bytes);
      return await exchange(judge(url), { method: 'POST', ...call }, 'complete answer', async (response) => ({
        ...headOf(response),
        ...(await readUpTo(limit, response)),
      }));
    },

    async notify({ url, ...call }) {
      return await exchange(judge(url), { method: 'POST', ...call }, 'answer', (response) => {
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

    close,
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
