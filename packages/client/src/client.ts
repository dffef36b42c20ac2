import createFetchClient from 'openapi-fetch';
import type { Answered, Send } from './attempt.ts';
import { baseUrlOf } from './base-url.ts';
import { type CallSetting, call } from './call.ts';
import { systemClock } from './clock.ts';
import type { Calls } from './generated/calls.ts';
import type { components } from './generated/openapi.ts';
import { OPERATION_TABLE } from './generated/operations.ts';
import { checkHeaders } from './headers.ts';
import type { AnyInput, Arguments, Item, LinesName, OperationName, PagedName, Result } from './input.ts';
import { type Line, linesOf } from './lines.ts';
import { type ClientOptions, checkTimeout } from './options.ts';
import { type Pages, pagesOf } from './pages.ts';
import { retriesOf } from './retries.ts';
import type { TokenSource } from './token.ts';

export {
  AweError,
  type AweErrorCode,
  type ErrorDetail,
  isAweError,
  type Outcome,
  type ServiceErrorCode,
} from './awe-error.ts';
export type { Clock } from './clock.ts';
export type { Calls } from './generated/calls.ts';
export type {
  Arguments,
  CallOptions,
  ErrorCodeOf,
  Input,
  Item,
  OperationName,
  PagedName,
  Result,
} from './input.ts';
export type { Line } from './lines.ts';
export type { ClientOptions } from './options.ts';
export type { Pages } from './pages.ts';
export type { RetryOptions } from './retries.ts';
export type { TimelineEvent, TimelineEventType } from './timeline.ts';
export type { TokenAsk, TokenSource } from './token.ts';

/** Everything that crosses the wire, by its name in the service's document: `Schemas['RequestOut']`. */
export type Schemas = components['schemas'];

/** A success with all that came with it. */
export type Answer<Data> = { data: Data; status: number; headers: Headers };

/** Calls the service. */
export type Client = Calls & {
  /** The same client with another token: a caller that forwards the token of its user. */
  as: (token: TokenSource) => Client;
  /** Searches, row by row over all their pages: `for await (const task of awe.pages.listTasks()) …` */
  readonly pages: { readonly [Name in PagedName]: (...input: Arguments<Name>) => Pages<Item<Name>> };
  /** The same calls, answered with status and headers: a policy that was written has remarks in `X-AWE-Warnings`. */
  readonly answered: {
    readonly [Name in keyof Calls]: (...input: Arguments<Name>) => Promise<Answer<Result<Name>>>;
  };
  /** Answers written as lines of JSON, object by object while they come. */
  readonly lines: { readonly [Name in LinesName]: (...input: Arguments<Name>) => AsyncIterable<Line> };
};

const NAMES = Object.keys(OPERATION_TABLE) as OperationName[];
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * A client of the service at `baseUrl`. It keeps no connection and no state: make as many as you like.
 * @throws RangeError or TypeError when an option makes no sense
 */
export function createClient(options: ClientOptions): Client {
  const setting = settingOf(options);
  const answer = (name: OperationName, input: AnyInput = {}) => call(name, input, setting);
  return {
    ...byName(NAMES, (name) => async (input) => (await answer(name, input)).data),
    as: (token: TokenSource) => createClient({ ...options, token }),
    answered: byName(NAMES, (name) => async (input) => withHeaders(await answer(name, input))),
    pages: byName(
      NAMES.filter((name) => OPERATION_TABLE[name].paged),
      (name) => (input) => pagesOf((page) => answer(name, page), input ?? {}),
    ),
    lines: byName(
      NAMES.filter((name) => OPERATION_TABLE[name].lines),
      (name) =>
        (input = {}) => {
          const called = { operation: name, reads: true, now: setting.clock.now };
          return linesOf(() => call(name, input, setting, 'stream'), called, input.signal);
        },
    ),
    // Each method is made from the table that its type is generated from.
  } as unknown as Client;
}

function byName(
  names: readonly OperationName[],
  method: (name: OperationName) => (input?: AnyInput) => unknown,
) {
  return Object.fromEntries(names.map((name) => [name, method(name)]));
}

function withHeaders({ data, response: { status, headers } }: Answered): Answer<unknown> {
  return { data, status, headers };
}

function settingOf(options: ClientOptions): CallSetting {
  const { fetch = (request) => globalThis.fetch(request), headers = {} } = options;
  checkHeaders(headers);
  const { request } = createFetchClient({ baseUrl: baseUrlOf(options.baseUrl), headers });
  return {
    // Its types are those of one known operation; here it is any.
    send: request as unknown as Send,
    fetch,
    token: options.token,
    retries: retriesOf(options.retries),
    timeoutMs: checkTimeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}
