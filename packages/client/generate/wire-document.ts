import type { OpenApiDocument, OperationObject, ResponseObject } from '@awe/contract/openapi-document';
import type { OpenAPI3 } from 'openapi-typescript';

/**
 * What the types of calls are made from: the document without the error answers, which the client turns into errors, and
 * without examples. That is a fifth of the text.
 */
export function wireDocument(document: OpenApiDocument): OpenAPI3 {
  const paths = Object.entries(document.paths).map(([path, methods]) => [
    path,
    Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, bare(operation)])),
  ]);
  const { webhooks: _, ...rest } = document;
  return { ...rest, paths: Object.fromEntries(paths) } as OpenAPI3;
}

function bare(operation: OperationObject) {
  const responses = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([status, response]) => [status, withoutExamples(response)]);
  return {
    ...operation,
    ...(operation.requestBody && { requestBody: withoutExamples(operation.requestBody) }),
    responses: Object.fromEntries(responses),
  };
}

function withoutExamples<Part extends Pick<ResponseObject, 'content'>>(part: Part): Part {
  if (part.content === undefined) return part;
  const content = Object.entries(part.content).map(([type, { schema }]) => [type, { schema }]);
  return { ...part, content: Object.fromEntries(content) };
}
