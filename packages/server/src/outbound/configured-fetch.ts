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
import { createPools } from './pools.ts';

/** What of `fetch`'s options is understood; redirects are never followed, whatever `redirect` says. */
export type ConfiguredFetchInit = {
  method?: string;
  headers?: ConstructorParameters<typeof Headers>[0];
  body?: string | URLSearchParams | Uint8Array | null;
  signal?: AbortSignal | null;
  redirect?: 'manual' | 'error';
};

export type ConfiguredFetch = {
  /**
   * As the platform's `fetch`, and as `jose` takes it for `customFetch`. The body is there when the promise resolves; a
   * redirect is answered as it is; nothing is decompressed.
   * @throws OutboundFailure `refused_url` for any origin that was not configured, `oversized`, `timeout`, …
   */
  fetch(url: string | URL, init?: ConfiguredFetchInit): Promise<Response>;
  /** Lets calls in flight finish, then drops the connections. */
  close(): Promise<void>;
};

export type ConfiguredFetchOptions = {
  /** Addresses from the operator's own settings; only their origins are called. */
  urls: readonly string[];
  /** For a whole call; milliseconds. */
  timeoutMs: number;
  maxResponseBytes: number;
  resolve?: Resolve;
};

const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * Calls services that the operator named in the settings (Keycloak): they may be on this machine or in a private
 * network, and `outbound.*` is not about them; metadata, link-local and their like stay refused. Certificates are
 * verified, proxies of the environment ignored.
 */
export function configuredFetch(options: ConfiguredFetchOptions): ConfiguredFetch {
  const { urls, timeoutMs, maxResponseBytes, resolve = systemResolve } = options;
  const origins = new Set(urls.map((url) => new URL(url).origin));
  const connector = guardedConnector(
    { loopback: true, private: true },
    sharedResolve(resolve),
    CONNECT_TIMEOUT_MS,
  );
  const { exchange, close } = createExchange(createPools(connector));
  return {
    async fetch(url, init = {}) {
      const target = URL.parse(String(url));
      if (!target || !origins.has(target.origin)) {
        throw new OutboundFailure('refused_url', `${target?.origin ?? 'this'} is not a configured address`);
      }
      const { method = 'GET', body, signal } = init;
      // Built by the platform, so that it knows the content type of what it is given, and refuses what cannot be sent.
      const request = new Request(target, {
        method,
        headers: { 'accept-encoding': 'identity', ...Object.fromEntries(new Headers(init.headers)) },
        ...(body == null ? {} : { body }),
      });
      const call = {
        method: request.method as Dispatcher.HttpMethod,
        headers: Object.fromEntries(request.headers),
        body: body == null ? null : Buffer.from(await request.arrayBuffer()),
        timeoutMs,
        signal: signal ?? undefined,
      };
      return await exchange(target, call, 'complete answer', async (response) => {
        const answer = await readUpTo(maxResponseBytes, response);
        if (answer.truncated) {
          throw new OutboundFailure(
            'oversized',
            `${target.host} answered with more than ${maxResponseBytes} bytes`,
          );
        }
        return platformResponse(target, response, answer.body);
      });
    },
    close,
  };
}

function platformResponse(
  target: URL,
  { statusCode: status, headers }: Dispatcher.ResponseData,
  body: Buffer,
): Response {
  if (status < 200 || status > 599) {
    throw new OutboundFailure('connection', `${target.host} answered with the status ${status}`);
  }
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  return new Response(WITHOUT_BODY.has(status) ? null : new Uint8Array(body), { status, headers: pairs });
}
