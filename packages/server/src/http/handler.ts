import type {
  OPERATIONS,
  OperationBody,
  OperationHeaders,
  OperationName,
  OperationParams,
  OperationQuery,
  OperationResult,
} from '@awe/contract/operations';
import type { Principal } from '../identity/principal.ts';
import type { HttpServices } from './services.ts';

/** The contract's defaults of a query are filled in before a handler sees it. */
type Filled<Query> = Query extends { limit?: number } ? Query & { limit: number } : Query;

type Caller<Name extends OperationName> = (typeof OPERATIONS)[Name]['access'] extends 'public'
  ? null
  : Principal;

/** One call whose shape is right and whose sender may make it. */
export type Call<Name extends OperationName> = {
  params: OperationParams<Name>;
  query: Filled<OperationQuery<Name>>;
  headers: OperationHeaders<Name>;
  body: OperationBody<Name>;
  caller: Caller<Name>;
};

/** What a success answers with; its status stands in the contract. */
export type Success<Body> = {
  body: Body;
  headers?: Readonly<Record<string, string>>;
  /** The cursor of the next page; null on the last one. */
  next?: string | null;
};

/** A success whose JSON text is written already and goes out byte for byte. */
export type WrittenSuccess = { text: string };

/** A success that goes out while it is read: text, some lines at a time. */
export type StreamedSuccess = { lines: AsyncIterable<string> };

/** Carries one operation out. Refusals are thrown: `AweError`, `IdentityFailure`, `InvalidCursor`. */
export type Handler<Name extends OperationName> = (
  services: HttpServices,
  call: Call<Name>,
) => Promise<Success<OperationResult<Name>> | WrittenSuccess | StreamedSuccess>;
