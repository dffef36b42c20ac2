import type { Static, TObject, TSchema } from 'typebox';
import { ERROR_CATALOGUE, type ErrorCode, type StatusOf } from './errors.ts';

/** Under which every operation is served. */
export const BASE_PATH = '/v1/awe';

export type Tag =
  | 'health'
  | 'policies'
  | 'requests'
  | 'tasks'
  | 'delegations'
  | 'deliveries'
  | 'incidents'
  | 'overview'
  | 'secrets'
  | 'audit'
  | 'directory';

/** public: no token. any: any valid token. viewer: `AWE_VIEWER` or `AWE_ADMIN`. admin: `AWE_ADMIN`. */
export type Access = 'public' | 'any' | 'viewer' | 'admin';

/** A refusal that belongs to this operation, and when it happens here. */
export type Refusal = { status: number; code: ErrorCode; when: string };

export type ResponseHeader = { description: string; example: string };

/**
 * One call of the API: all that the service needs to register its route and all that the document says about it.
 * Properties of `params`, `query` and `headers` become parameters; `headers` are named as people write them.
 */
export type Operation = {
  operationId: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** In OpenAPI style: `/v1/awe/policies/{policy_key}`. */
  path: string;
  tag: Tag;
  summary: string;
  description: string;
  access: Access;
  params?: TObject;
  query?: TObject;
  headers?: TObject;
  body?: TSchema;
  success: {
    status: 200 | 201 | 204;
    schema: TSchema | null;
    description: string;
    headers?: Readonly<Record<string, ResponseHeader>>;
    /** What the body is written in, when it is not one JSON text. */
    mediaType?: 'application/x-ndjson';
  };
  /** The refusals of its own; `refusalsOf` adds those that follow from access and shape. */
  errors: readonly Refusal[];
  examples: { body?: unknown; response?: unknown };
};

/** Keeps the exact types of an operation, so that its handler is typed by them. */
export function operation<const Definition extends Operation>(definition: Definition): Definition {
  return definition;
}

/** A refusal whose status the catalogue allows for its code. */
export function refusal<Code extends ErrorCode>(code: Code, status: StatusOf<Code>, when: string): Refusal {
  return { code, status, when };
}

export type ParamsOf<Op> = Op extends { params: infer Schema extends TSchema } ? Static<Schema> : undefined;
export type QueryOf<Op> = Op extends { query: infer Schema extends TSchema } ? Static<Schema> : undefined;
export type HeadersOf<Op> = Op extends { headers: infer Schema extends TSchema } ? Static<Schema> : undefined;
export type BodyOf<Op> = Op extends { body: infer Schema extends TSchema } ? Static<Schema> : undefined;
export type ResultOf<Op> = Op extends { success: { schema: infer Schema extends TSchema } }
  ? Static<Schema>
  : null;

/** Whether the shape of the call is checked, so that 422 is a possible answer. */
export function hasInput(op: Operation): boolean {
  return Boolean(op.params || op.query || op.headers || op.body);
}

/** Every refusal in the error envelope that the operation may answer, by status; 422 has a shape of its own. */
export function refusalsOf(op: Operation): Refusal[] {
  const all = [...op.errors];
  if (op.access !== 'public') {
    all.push(refusal('AWE-008', 401, 'The bearer token is missing, malformed, expired or not trusted.'));
    all.push(refusal('AWE-012', 429, 'Too many calls; slow down.'));
    all.push(refusal('AWE-005', 503, 'The service is starting, shutting down, or cannot check tokens now.'));
    all.push(
      refusal('AWE-006', 503, 'The database does not answer. A change may or may not have been carried out.'),
    );
  }
  if (op.access === 'admin')
    all.push(refusal('AWE-008', 403, 'The token does not carry the role AWE_ADMIN.'));
  if (op.access === 'viewer') {
    all.push(refusal('AWE-008', 403, 'The token carries neither the role AWE_VIEWER nor AWE_ADMIN.'));
  }
  // A body that nobody wants is read to its end, too, so that the answer gets through.
  if (op.method !== 'get') all.push(refusal('AWE-012', 413, 'The body is too large.'));
  if (op.body) {
    all.push(refusal('AWE-012', 415, 'The body is not application/json.'));
  }
  all.push(refusal('AWE-500', 500, ERROR_CATALOGUE['AWE-500'].meaning));
  return all.sort((a, b) => a.status - b.status);
}

/** Every status other than its success that the operation documents, ascending. */
export function errorStatuses(op: Operation): number[] {
  const statuses = new Set(refusalsOf(op).map(({ status }) => status));
  if (hasInput(op)) statuses.add(422);
  return [...statuses].sort((a, b) => a - b);
}
