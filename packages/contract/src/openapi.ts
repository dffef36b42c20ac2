import type { TObject } from 'typebox';
import { COMPONENTS } from './components.ts';
import { ErrorResponse } from './envelope.ts';
import type {
  MediaTypes,
  OpenApiDocument,
  OperationObject,
  ParameterObject,
  ResponseObject,
} from './openapi-document.ts';
import { hasInput, type Operation, type ResponseHeader, refusalsOf } from './operation.ts';
import { OPERATION_LIST, TAGS } from './operations.ts';
import { componentSchema, schemaWithRefs } from './schema-refs.ts';
import { HTTPValidationError } from './validation-error.ts';
import { APPROVAL_EVENT_WEBHOOK } from './webhook-operation.ts';

const DESCRIPTION = `Finds the people who must approve an artifact, waits for their decisions, and tells the owner of the
artifact by a signed webhook. The artifact itself stays with its owner.

Successes are answered bare; \`health\` and \`version\` come in an envelope. Errors come in an envelope with one code
and one message, except 422, which lists every place of the wrong shape. Timestamps are UTC, ISO 8601, ending in \`Z\`.
Fields of a body that the service does not know are ignored.`;

/** The OpenAPI 3.1 document of the service, for the `version` of the package. Pure: the same every time. */
export function openApiDocument(version: string): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const [, operation] of OPERATION_LIST) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'OpenG2P Approval Workflow Engine',
      version,
      summary: 'Approval chains for artifacts that others own',
      description: DESCRIPTION,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The deployment that serves this document' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    webhooks: { 'approval-event': { post: APPROVAL_EVENT_WEBHOOK } },
    components: {
      securitySchemes: {
        HTTPBearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of the identity provider. Roles: AWE_ADMIN, AWE_VIEWER.',
        },
      },
      schemas: Object.fromEntries(
        Object.entries(COMPONENTS).map(([name, schema]) => [name, componentSchema(schema)]),
      ),
    },
  };
}

function operationObject(operation: Operation): OperationObject {
  const parameters = [
    ...parameterObjects('path', operation.params),
    ...parameterObjects('query', operation.query),
    ...parameterObjects('header', operation.headers),
  ];
  return {
    operationId: operation.operationId,
    tags: [operation.tag],
    summary: operation.summary,
    description: operation.description,
    ...(parameters.length > 0 && { parameters }),
    ...(operation.body && {
      requestBody: { required: true, content: json(operation.body, operation.examples.body) },
    }),
    responses: responseObjects(operation),
    security: operation.access === 'public' ? [] : [{ HTTPBearer: [] }],
  };
}

function parameterObjects(place: ParameterObject['in'], parameters: TObject | undefined): ParameterObject[] {
  return Object.entries(parameters?.properties ?? {}).map(([name, property]) => {
    const { description, ...schema } = schemaWithRefs(property);
    return {
      name,
      in: place,
      required: parameters?.required?.includes(name) ?? false,
      description: String(description),
      schema,
    };
  });
}

function responseObjects(operation: Operation): Record<string, ResponseObject> {
  const { success } = operation;
  const responses: Record<string, ResponseObject> = {
    [success.status]: {
      description: success.description,
      ...(success.headers && { headers: headerObjects(success.headers) }),
      ...(success.schema && {
        content:
          success.mediaType === undefined
            ? json(success.schema, operation.examples.response)
            : { [success.mediaType]: mediaType(success.schema, operation.examples.response) },
      }),
    },
  };
  for (const [status, reasons] of Map.groupBy(refusalsOf(operation), (refusal) => refusal.status)) {
    responses[status] = {
      description: reasons.map(({ code, when }) => `\`${code}\`: ${when}`).join('\n\n'),
      content: json(ErrorResponse),
    };
  }
  if (hasInput(operation)) {
    responses[422] = { description: 'The call has the wrong shape.', content: json(HTTPValidationError) };
  }
  return responses;
}

function headerObjects(
  headers: Readonly<Record<string, ResponseHeader>>,
): ResponseObject['headers'] & object {
  return Object.fromEntries(
    Object.entries(headers).map(([name, { description, example }]) => [
      name,
      { description, schema: { type: 'string' }, example },
    ]),
  );
}

function json(schema: object, example?: unknown): MediaTypes {
  return { 'application/json': mediaType(schema, example) };
}

function mediaType(schema: object, example?: unknown) {
  return { schema: schemaWithRefs(schema), ...(example !== undefined && { example }) };
}
