/** A JSON Schema, or a `$ref` to one, as it stands in the document. */
export type SchemaObject = { readonly [keyword: string]: unknown };

type MediaType = { schema: SchemaObject; example?: unknown };

/** JSON everywhere but for bodies that are streams of lines. */
export type MediaTypes = { 'application/json': MediaType } | { 'application/x-ndjson': MediaType };

export type ParameterObject = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: SchemaObject;
};

export type RequestBodyObject = { required: boolean; content: MediaTypes };

export type HeaderObject = { description: string; schema: SchemaObject; example: string };

export type ResponseObject = {
  description: string;
  headers?: Record<string, HeaderObject>;
  content?: MediaTypes;
};

export type OperationObject = {
  operationId?: string;
  tags?: string[];
  summary: string;
  description: string;
  parameters?: ParameterObject[];
  requestBody?: RequestBodyObject;
  responses: Record<string, ResponseObject>;
  security?: Record<string, string[]>[];
};

/** The parts of OpenAPI 3.1 that the service's document uses. */
export type OpenApiDocument = {
  openapi: '3.1.0';
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  webhooks: Record<string, { post: OperationObject }>;
  components: {
    securitySchemes: Record<string, SchemaObject>;
    schemas: Record<string, SchemaObject>;
  };
};
