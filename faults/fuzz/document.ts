import { isDateTime } from '@awe/contract/date-time';
import type { OpenApiDocument } from '@awe/contract/openapi-document';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** The document that the service serves, as a judge of its answers. */
export type ServedDocument = {
  /** The statuses documented for an operation; null when the document has none there. */
  statusesOf: (method: string, path: string) => readonly number[] | null;
  /** What is wrong with an answer's body by the schema of its status; null: nothing, or no schema. */
  bodyFault: (method: string, path: string, status: number, body: unknown) => string | null;
  hasBody: (method: string, path: string, status: number) => boolean;
  /** Whether the documented schema takes a request's body. */
  takes: (method: string, path: string, body: unknown) => boolean;
};

const MEDIA = 'application/json';

/** Compiles the document's schemas. Throws when one of them cannot be compiled. */
export function judgeOf(document: OpenApiDocument): ServedDocument {
  const ajv = new Ajv2020({ strict: false, formats: { 'date-time': isDateTime } });
  ajv.addSchema({ $id: 'served', ...document });
  const compiled = new Map<string, ValidateFunction>();

  const validator = (...steps: string[]): ValidateFunction => {
    const pointer = steps
      .map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `served#/${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
  const responseOf = (method: string, path: string, status: number) =>
    document.paths[path]?.[method]?.responses[status];

  return {
    statusesOf: (method, path) => {
      const operation = document.paths[path]?.[method];
      return operation ? Object.keys(operation.responses).map(Number) : null;
    },
    hasBody: (method, path, status) => responseOf(method, path, status)?.content !== undefined,
    bodyFault: (method, path, status, body) => {
      if (!responseOf(method, path, status)?.content) return null;
      const validate = validator(
        'paths',
        path,
        method,
        'responses',
        String(status),
        'content',
        MEDIA,
        'schema',
      );
      return validate(body) ? null : ajv.errorsText(validate.errors);
    },
    takes: (method, path, body) =>
      validator('paths', path, method, 'requestBody', 'content', MEDIA, 'schema')(body) === true,
  };
}
