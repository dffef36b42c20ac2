import Type, { type Static } from 'typebox';
import { ERROR_CATALOGUE, ERROR_CODES, type ErrorCode } from './errors.ts';
import { component, freeObject, nullable } from './shapes.ts';

/** Who answers: the deployment's `service_id` and `api_version`. */
export type Responder = { id: string; version: string };

export const DEFAULT_RESPONDER: Responder = { id: 'openg2p.awe', version: '1.0' };

const summaryOfCodes = ERROR_CODES.map(
  (code) => `\`${code}\` (${ERROR_CATALOGUE[code].statuses.join(', ')})`,
);

export const ErrorDetail = component('ErrorDetail', 'What went wrong, for a program and for a person.', {
  errorCode: Type.String({
    description: `A stable code to branch on. Codes and their statuses: ${summaryOfCodes.join(', ')}.`,
    examples: ['AWE-003'],
  }),
  message: Type.String({
    description: 'What was wrong, where, and the way out. For people: the wording may change.',
    examples: ['No request has the id 0197b1a2-0000-7000-8000-00000000dead; search with GET /requests.'],
  }),
});

const envelope = {
  id: Type.Optional(
    Type.String({ default: DEFAULT_RESPONDER.id, description: 'The service that answered.' }),
  ),
  version: Type.Optional(
    Type.String({ default: DEFAULT_RESPONDER.version, description: 'The version of the envelope format.' }),
  ),
  responsetime: Type.String({
    description: 'When the answer was written: UTC, ISO 8601.',
    examples: ['2026-04-23T10:00:00.000Z'],
  }),
};

const noErrors = Type.Optional(Type.Array(ErrorDetail, { description: 'Always empty in a success.' }));

export const ErrorResponse = component('ErrorResponse', 'The answer to every refused call, except for 422.', {
  ...envelope,
  response: Type.Optional(nullable(freeObject(), { description: 'Always null in an error.' })),
  errors: Type.Array(ErrorDetail, { description: 'Exactly one error.' }),
});

export const HealthPayload = component('HealthPayload', 'The state of the service.', {
  status: Type.String({ description: '`healthy` when it can do its work.', examples: ['healthy'] }),
});

export const HealthResponse = component('HealthResponse', 'The answer of a service that is ready.', {
  ...envelope,
  response: HealthPayload,
  errors: noErrors,
});

export const VersionPayload = component('VersionPayload', 'Which build is running.', {
  service_version: Type.String({ description: 'The version of the package.', examples: ['0.1.0'] }),
  build_time: Type.String({
    description: 'When it was built, or `unknown`.',
    examples: ['2026-04-20T08:15:00.000Z'],
  }),
  git_commit: Type.String({
    description: 'The commit it was built from, or `unknown`.',
    examples: ['4f2a9c1'],
  }),
});

export const VersionResponse = component('VersionResponse', 'The answer of the version endpoint.', {
  ...envelope,
  response: VersionPayload,
  errors: noErrors,
});

export type ErrorDetail = Static<typeof ErrorDetail>;
export type ErrorResponse = Static<typeof ErrorResponse>;
export type HealthPayload = Static<typeof HealthPayload>;
export type HealthResponse = Static<typeof HealthResponse>;
export type VersionPayload = Static<typeof VersionPayload>;
export type VersionResponse = Static<typeof VersionResponse>;

/** An envelope that carries a result; `now` is the ISO timestamp of the answer. */
export type SuccessEnvelope<Payload> = Responder & { responsetime: string; response: Payload; errors: [] };

/** An envelope that carries exactly one error. */
export type ErrorEnvelope = Responder & {
  responsetime: string;
  response: null;
  errors: [{ errorCode: ErrorCode; message: string }];
};

/** Wraps a result, as `health` and `version` answer it; every other success is answered bare. */
export function successEnvelope<Payload>(
  response: Payload,
  now: string,
  responder: Responder = DEFAULT_RESPONDER,
): SuccessEnvelope<Payload> {
  return { id: responder.id, version: responder.version, responsetime: now, response, errors: [] };
}

/** The body of every error except 422; `message` says what was wrong and the way out, and never holds a secret. */
export function errorEnvelope(
  code: ErrorCode,
  message: string,
  now: string,
  responder: Responder = DEFAULT_RESPONDER,
): ErrorEnvelope {
  return {
    id: responder.id,
    version: responder.version,
    responsetime: now,
    response: null,
    errors: [{ errorCode: code, message }],
  };
}
