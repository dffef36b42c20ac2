import { Agent, Dispatcher1Wrapper } from 'undici';
import {
  CONNECT_TIMEOUT_MS,
  guardedConnector,
  type Resolve,
  sharedResolve,
  systemResolve,
} from './connect.ts';

/** The `dispatcher` option of the platform's `fetch`. */
export type FetchDispatcher = NonNullable<RequestInit['dispatcher']>;

export type ConfiguredDispatcher = {
  /** Makes the platform's `fetch` connect by the rules of this folder. */
  dispatcher: FetchDispatcher;
  /** Lets calls in flight finish, then drops the connections. May be called more than once. */
  close(): Promise<void>;
};

export type ConfiguredDispatcherOptions = {
  /** Connections to one origin. */
  connections: number;
  /** A longer answer is broken off; bytes. */
  maxResponseBytes: number;
  resolve?: Resolve;
};

/**
 * For libraries that call services from the operator's own settings (Keycloak) with the platform's `fetch` and take
 * options for it, but no `fetch` of ours. These services may be on this machine or in a private network; metadata,
 * link-local and their like stay refused, at the moment of connecting. Time limits are the library's `signal`.
 */
export function configuredDispatcher(options: ConfiguredDispatcherOptions): ConfiguredDispatcher {
  const { connections, maxResponseBytes, resolve = systemResolve } = options;
  const agent = new Agent({
    connect: guardedConnector({ loopback: true, private: true }, sharedResolve(resolve), CONNECT_TIMEOUT_MS),
    allowH2: false,
    connections,
    maxResponseSize: maxResponseBytes,
  });
  // Node's built-in fetch speaks to dispatchers in the words of an earlier undici.
  const dispatcher = new Dispatcher1Wrapper(agent) as unknown as FetchDispatcher;
  let closed: Promise<void> | null = null;
  return {
    dispatcher,
    close: () => {
      closed ??= agent.close();
      return closed;
    },
  };
}
