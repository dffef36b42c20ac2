import { COMPONENTS } from '@awe/contract/components';
import { openApiDocument } from '@awe/contract/openapi';
import type { OperationObject } from '@awe/contract/openapi-document';
import { OPERATION_LIST, TAGS } from '@awe/contract/operations';
import Value from 'typebox/value';
import { describe, expect, it } from 'vitest';

const document = openApiDocument('1.2.3');
const operations: [place: string, operation: OperationObject][] = Object.entries(document.paths).flatMap(
  ([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, OperationObject] => [
      `${method} ${path}`,
      operation,
    ]),
);

describe('the OpenAPI document', () => {
  it('is the same every time, plain JSON, and carries the version it was asked for', () => {
    expect(openApiDocument('1.2.3')).toEqual(document);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    expect(document.info.version).toBe('1.2.3');
  });

  it('holds every operation of the table once', () => {
    expect(operations).toHaveLength(OPERATION_LIST.length);
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(OPERATION_LIST.length);
  });

  it('refers only to schemas that it holds, and to each of them from somewhere', () => {
    const names = refs(document).map((ref) => ref.replace('#/components/schemas/', ''));
    expect(names.filter((name) => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
    expect(Object.keys(document.components.schemas).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('keeps each named schema under its own name', () => {
    for (const [name, schema] of Object.entries(COMPONENTS)) expect(schema).toHaveProperty('title', name);
  });

  it.each(operations)('%s: explains itself, and its parameters are those of its path', (place, operation) => {
    expect(operation.summary).not.toBe('');
    expect(operation.description).not.toBe('');
    for (const tag of operation.tags ?? []) expect(Object.keys(TAGS)).toContain(tag);
    const parameters = operation.parameters ?? [];
    for (const { name, description } of parameters) expect(description, name).not.toBe('undefined');
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    expect(inPath.every(({ required }) => required)).toBe(true);
    expect(inPath.map(({ name }) => name)).toEqual(
      Array.from(place.matchAll(/\{(\w+)\}/g), ([, name]) => name),
    );
    expect(Object.values(operation.responses).every(({ description }) => description !== '')).toBe(true);
  });

  it.each(OPERATION_LIST)(
    '%s: its examples have the shape they illustrate',
    (_, { body, success, examples }) => {
      if (body) expect([...Value.Errors(body, examples.body)]).toEqual([]);
      if (success.schema) expect([...Value.Errors(success.schema, examples.response)]).toEqual([]);
      expect('body' in examples).toBe(body !== undefined);
      expect('response' in examples).toBe(success.schema !== null);
    },
  );

  it('describes every property of every schema', () => {
    const silent = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
      Object.entries(schema.properties as Record<string, Record<string, unknown>>)
        .filter(([, property]) => !property.description && !property.$ref)
        .map(([property]) => `${name}.${property}`),
    );
    expect(silent).toEqual([]);
  });

  it('asks for a token everywhere except for health, version and config', () => {
    const open = operations.filter(([, { security }]) => security?.length === 0).map(([place]) => place);
    expect(open).toEqual(['get /v1/awe/health', 'get /v1/awe/version', 'get /v1/awe/config']);
  });

  it('offers the next page on every list that pages', () => {
    const paged = operations.filter(([, { parameters }]) =>
      parameters?.some(({ name }) => name === 'cursor'),
    );
    expect(paged.map(([place]) => place)).toEqual([
      'get /v1/awe/requests',
      'get /v1/awe/tasks',
      'get /v1/awe/admin/deliveries',
      'get /v1/awe/admin/receivers',
      'get /v1/awe/admin/audit',
      'get /v1/awe/admin/checkpoints',
      'get /v1/awe/admin/keycloak/users',
      'get /v1/awe/admin/keycloak/clients',
      'get /v1/awe/admin/keycloak/roles',
      'get /v1/awe/admin/keycloak/groups',
    ]);
    for (const [, { responses }] of paged) expect(responses[200]?.headers).toHaveProperty('Link');
  });

  it('names the three approval headers of the webhook as required and the standard ones as optional', () => {
    const parameters = document.webhooks['approval-event']?.post.parameters ?? [];
    expect(parameters.map(({ name, required }) => [name, required])).toEqual([
      ['X-Approval-Event-Id', true],
      ['X-Approval-Timestamp', true],
      ['X-Approval-Signature', true],
      ['webhook-id', false],
      ['webhook-timestamp', false],
      ['webhook-signature', false],
    ]);
  });
});

function refs(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [String(inner)] : refs(inner)));
}
