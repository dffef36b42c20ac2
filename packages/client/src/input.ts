import type { OPERATION_TABLE, OperationTypes } from './generated/operations.ts';
import type { TimelineEvent } from './timeline.ts';
import type { TokenSource } from './token.ts';

/** The short name of an operation: the name of its method on the client. */
export type OperationName = keyof typeof OPERATION_TABLE;

/** The error codes that an operation may answer, as its documentation lists them. */
export type ErrorCodeOf<Name extends OperationName> = keyof (typeof OPERATION_TABLE)[Name]['errors'];

/** What every call takes beside what its operation takes. */
export type CallOptions = {
  /** Ends the call, also while it waits for its next attempt; the call then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Instead of the client's token. */
  token?: TokenSource | undefined;
  /** Instead of the client's; milliseconds for each attempt. */
  timeoutMs?: number | undefined;
  /** Sent beside the client's. */
  headers?: Readonly<Record<string, string>> | undefined;
};

type Parameters<Name extends OperationName> = OperationTypes[Name]['parameters'];

/** `{ key: Value }`, `{ key?: Value }` when everything in it is optional, nothing when there is no such part. */
type Part<Key extends string, Value> = [Value] extends [undefined]
  ? unknown
  : Record<never, never> extends Value
    ? { [K in Key]?: Value | undefined }
    : { [K in Key]: Value };

/** A filter that is not set may be given as undefined. */
type Loose<Value> = Value extends object ? { [Key in keyof Value]: Value[Key] | undefined } : undefined;

type BodyOf<Name extends OperationName> = OperationTypes[Name] extends {
  requestBody: { content: { 'application/json': infer Body } };
}
  ? Body
  : undefined;

type KeyOf<Name extends OperationName> = (typeof OPERATION_TABLE)[Name]['keyed'] extends true
  ? {
      /** Names the call, so that it can be repeated without being carried out twice; made up when it is not given. */
      idempotencyKey?: string | undefined;
    }
  : unknown;

type Written<Value> = { [Key in keyof Value]: Value[Key] };

/** What an operation takes: `path`, `query` and `body`, each where it has one, and the options of every call. */
export type Input<Name extends OperationName> = Written<
  Part<'path', Parameters<Name>['path']> &
    Part<'query', Loose<Parameters<Name>['query']>> &
    Part<'body', BodyOf<Name>> &
    KeyOf<Name> &
    CallOptions
>;

/** The arguments of a method: its input, which may be left out when nothing in it is required. */
export type Arguments<Name extends OperationName> =
  Record<never, never> extends Input<Name> ? [input?: Input<Name>] : [input: Input<Name>];

type Success<Responses> = Responses extends { 204: unknown }
  ? undefined
  : {
      [Status in keyof Responses]: Responses[Status] extends { content: infer Content }
        ? Content[keyof Content]
        : never;
    }[keyof Responses];

/** Answers that are told more closely than the service's document does. */
type Told = { requestEvents: TimelineEvent[] };

/** What an operation answers. */
export type Result<Name extends OperationName> = Name extends keyof Told
  ? Told[Name]
  : Success<OperationTypes[Name]['responses']>;

type NamesWhere<Mark extends 'paged' | 'lines'> = {
  [Name in OperationName]: (typeof OPERATION_TABLE)[Name][Mark] extends true ? Name : never;
}[OperationName];

/** The operations whose answer is a page of many. */
export type PagedName = NamesWhere<'paged'>;

/** One row of a paged operation. */
export type Item<Name extends PagedName> = Result<Name> extends readonly (infer Row)[] ? Row : never;

/** The operations whose answer is lines of JSON. */
export type LinesName = NamesWhere<'lines'>;

/** An input as the machinery sees it, whatever the operation. */
export type AnyInput = CallOptions & {
  path?: Readonly<Record<string, string | number>> | undefined;
  query?: Readonly<Record<string, unknown>> | undefined;
  body?: unknown;
  idempotencyKey?: string | undefined;
};
