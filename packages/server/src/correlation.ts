import { AsyncLocalStorage } from 'node:async_hooks';

const calls = new AsyncLocalStorage<string>();

/** Does `work`, and everything that comes of it, on behalf of the call with this id. */
export function duringCall(requestId: string, work: () => void): void {
  calls.run(requestId, work);
}

/** The id of the call on whose behalf this happens; null when the service does it by itself. */
export function currentCall(): string | null {
  return calls.getStore() ?? null;
}
