import type { Clock } from './clock.ts';
import type { RetryOptions } from './retries.ts';
import type { TokenSource } from './token.ts';

export type ClientOptions = {
  /** Where the service is: `https://awe.example`, with or without `/v1/awe`. In a browser '' is where the page is. */
  baseUrl: string;
  /**
   * The bearer token, or a function that gets one. A function is asked for every attempt; when its token is refused it is
   * asked once more with `refresh: true`, and the call is repeated. What it throws, the call throws.
   */
  token?: TokenSource | undefined;
  /** Instead of the platform's. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** When and how often calls are repeated; false: never. */
  retries?: RetryOptions | false | undefined;
  /** For each attempt, its token included, in milliseconds; of lines, for each piece of them. 30,000 unless given. */
  timeoutMs?: number | undefined;
  /** Sent with every call. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Instead of the system's, for tests that let time pass. */
  clock?: Clock | undefined;
  /** A number from 0 up to 1, instead of the platform's, for tests. */
  random?: (() => number) | undefined;
};

/** @throws RangeError when no attempt could be made in that time */
export function checkTimeout(timeoutMs: number): number {
  if (timeoutMs > 0) return timeoutMs;
  throw new RangeError('timeoutMs must be more than 0');
}
