import { readFileSync } from 'node:fs';
import { openApiDocument } from '@awe/contract/openapi';
import { describe, expect, it } from 'vitest';
import { differences, type Json } from './contract-superset.ts';

const text = readFileSync(new URL('./openapi.facts.json', import.meta.url), 'utf8');
const published = (): Json => JSON.parse(text);
const served = (): Json => JSON.parse(JSON.stringify(openApiDocument('0.1.0')));

/** The one place where the document says more than the contract: there, too, any other word is answered with 422. */
const SAID_ALOUD = ['schema DecisionIn.action: enum is stricter'];

describe('the served document', () => {
  it('contains the whole published contract, nothing renamed, retyped, dropped or made stricter', () => {
    expect(differences(published(), served())).toEqual(SAID_ALOUD);
  });

  it('is compared by a comparison that finds nothing between the contract and itself', () => {
    expect(differences(published(), published())).toEqual([]);
  });
});

describe('the comparison finds', () => {
  const search = ['paths', '/v1/awe/requests', 'get'];
  const create = ['paths', '/v1/awe/requests', 'post'];
  const schemas = ['components', 'schemas'];
  const webhook = ['webhooks', 'approval-event', 'post'];
  const cases: [what: string, change: (document: Json) => void, difference: string][] = [
    [
      'a path that is gone',
      (d) => drop(d, ['paths', '/v1/awe/tasks']),
      'paths get /v1/awe/tasks: is missing',
    ],
    ['a method that is gone', (d) => drop(d, search), 'paths get /v1/awe/requests: is missing'],
    [
      'another operationId',
      (d) => put(d, [...search, 'operationId'], 'search'),
      'paths get /v1/awe/requests operationId: is "search", not "search_requests_v1_awe_requests_get"',
    ],
    [
      'an operation that lost its lock',
      (d) => put(d, [...search, 'security'], []),
      'paths get /v1/awe/requests security: is [], not [{"HTTPBearer":[]}]',
    ],
    [
      'a tag that is gone',
      (d) => put(d, ['tags'], [{ name: 'health' }, { name: 'tasks' }, { name: 'policies' }]),
      'tags: requests is missing',
    ],
    [
      'an operation without its tag',
      (d) => put(d, [...search, 'tags'], ['x']),
      'paths get /v1/awe/requests: tag requests is missing',
    ],
    [
      'a parameter that is gone',
      (d) => drop(d, [...search, 'parameters', '3']),
      'paths get /v1/awe/requests query limit: is missing',
    ],
    [
      'a parameter that became required',
      (d) => put(d, [...search, 'parameters', '0', 'required'], true),
      'paths get /v1/awe/requests query artifact_type required: is true, not false',
    ],
    [
      'a new parameter that is required',
      (d) =>
        put(d, [...search, 'parameters', '5'], { name: 'region', in: 'query', required: true, schema: {} }),
      'paths get /v1/awe/requests query region: is new and required',
    ],
    [
      'another default',
      (d) => put(d, [...search, 'parameters', '3', 'schema', 'default'], 20),
      'paths get /v1/awe/requests query limit default: is 20, not 50',
    ],
    [
      'a lower maximum',
      (d) => put(d, [...search, 'parameters', '3', 'schema', 'maximum'], 100),
      'paths get /v1/awe/requests query limit maximum: is 100, not 500',
    ],
    [
      'a minimum that is gone',
      (d) => drop(d, [...search, 'parameters', '3', 'schema', 'minimum']),
      'paths get /v1/awe/requests query limit minimum: is undefined, not 1',
    ],
    [
      'a body that became optional',
      (d) => put(d, [...create, 'requestBody', 'required'], false),
      'paths post /v1/awe/requests requestBody.required: is false, not true',
    ],
    [
      'a body where none was needed',
      (d) =>
        put(d, ['paths', '/v1/awe/tasks/{task_id}/claim', 'post', 'requestBody'], {
          required: true,
          content: {},
        }),
      'paths post /v1/awe/tasks/{task_id}/claim requestBody: became required',
    ],
    [
      'a body that is gone',
      (d) => drop(d, [...create, 'requestBody']),
      'paths post /v1/awe/requests requestBody: is missing',
    ],
    [
      'a status that is gone',
      (d) => drop(d, [...create, 'responses', '404']),
      'paths post /v1/awe/requests 404: is missing',
    ],
    [
      'another media type',
      (d) => put(d, [...create, 'responses', '404', 'content'], { 'text/plain': {} }),
      'paths post /v1/awe/requests 404: media type application/json is missing',
    ],
    [
      'another schema in an answer',
      (d) =>
        put(
          d,
          [...create, 'responses', '201', 'content', 'application/json', 'schema', '$ref'],
          '#/components/schemas/TaskOut',
        ),
      'paths post /v1/awe/requests 201 $ref: is "#/components/schemas/TaskOut", not "#/components/schemas/CreateRequestOut"',
    ],
    ['a schema that is gone', (d) => drop(d, [...schemas, 'TaskOut']), 'schema TaskOut: is missing'],
    [
      'a schema that no operation reaches',
      (d) => drop(d, [...schemas, 'WebhookEvent', 'properties', 'actor']),
      'schema WebhookEvent.actor: is missing',
    ],
    [
      'a property that is gone',
      (d) => drop(d, [...schemas, 'TaskOut', 'properties', 'due_at']),
      'schema TaskOut.due_at: is missing',
    ],
    [
      'a property of another type',
      (d) => put(d, [...schemas, 'TaskOut', 'properties', 'stage_order', 'type'], 'number'),
      'schema TaskOut.stage_order type: is "number", not "integer"',
    ],
    [
      'a property without its format',
      (d) => drop(d, [...schemas, 'TaskOut', 'properties', 'created_at', 'format']),
      'schema TaskOut.created_at format: is undefined, not "date-time"',
    ],
    [
      'a null that is no longer allowed',
      (d) =>
        put(
          d,
          [...schemas, 'TaskOut', 'properties', 'due_at', 'anyOf'],
          [{ type: 'string', format: 'date-time' }],
        ),
      'schema TaskOut.due_at: anyOf has 1 variants, not 2',
    ],
    [
      'another variant',
      (d) => put(d, [...schemas, 'TaskOut', 'properties', 'due_at', 'anyOf', '0', 'format'], 'date'),
      'schema TaskOut.due_at|0 format: is "date", not "date-time"',
    ],
    [
      'items of another type',
      (d) =>
        put(
          d,
          [...schemas, 'SimulateStageOut', 'properties', 'resolved_approvers', 'items', 'type'],
          'object',
        ),
      'schema SimulateStageOut.resolved_approvers[] type: is "object", not "string"',
    ],
    [
      'an object that became closed',
      (d) => put(d, [...schemas, 'CreateRequestIn', 'properties', 'context', 'additionalProperties'], false),
      'schema CreateRequestIn.context additionalProperties: is false, not true',
    ],
    [
      'unknown fields that are refused',
      (d) => put(d, [...schemas, 'CreateRequestIn', 'additionalProperties'], false),
      'schema CreateRequestIn: additionalProperties is stricter',
    ],
    [
      'an input that became required',
      (d) =>
        put(
          d,
          [...schemas, 'CreateRequestIn', 'required'],
          ['policy_key', 'artifact_type', 'artifact_id', 'context'],
        ),
      'schema CreateRequestIn.context: became required',
    ],
    [
      'an input that had no required list',
      (d) => put(d, [...schemas, 'CancelRequest', 'required'], ['reason']),
      'schema CancelRequest.reason: became required',
    ],
    [
      'an answer that promises less',
      (d) => put(d, [...schemas, 'ValidationError', 'required'], ['loc', 'msg']),
      'schema ValidationError.type: is no longer required',
    ],
    [
      'an input with a new limit',
      (d) => put(d, [...schemas, 'StageIn', 'properties', 'name', 'minLength'], 1),
      'schema StageIn.name: minLength is stricter',
    ],
    [
      'a webhook header that is gone',
      (d) => drop(d, [...webhook, 'parameters', '2']),
      'webhooks post approval-event header X-Approval-Signature: is missing',
    ],
    [
      'a webhook that is gone',
      (d) => drop(d, ['webhooks', 'approval-event']),
      'webhooks post approval-event: is missing',
    ],
    [
      'another way to sign in',
      (d) => put(d, ['components', 'securitySchemes', 'HTTPBearer', 'scheme'], 'basic'),
      'securitySchemes.HTTPBearer.scheme: is "basic", not "bearer"',
    ],
  ];

  it.each(cases)('%s', (_, change, difference) => {
    const document = served();
    change(document);
    expect(differences(published(), document)).toContain(difference);
  });

  it('nothing in what may be added', () => {
    const document = served();
    put(document, [...schemas, 'StageIn', 'properties', 'nickname'], { type: 'string', minLength: 3 });
    put(document, [...schemas, 'TaskOut', 'properties', 'urgent'], { type: 'boolean' });
    put(document, [...schemas, 'TaskOut', 'properties', 'status', 'enum'], ['open']);
    put(document, [...search, 'parameters', '5'], {
      name: 'region',
      in: 'query',
      required: false,
      schema: {},
    });
    put(document, [...create, 'responses', '418'], { description: 'teapot' });
    put(document, ['paths', '/v1/awe/more'], { get: {} });
    expect(differences(published(), document)).toEqual(SAID_ALOUD);
  });
});

function parentOf(document: Json, place: string[]): Json {
  return place.slice(0, -1).reduce((inner, step) => inner[step] as Json, document);
}

function put(document: Json, place: string[], value: unknown) {
  parentOf(document, place)[place.at(-1) ?? ''] = value;
}

function drop(document: Json, place: string[]) {
  const parent = parentOf(document, place);
  if (Array.isArray(parent)) parent.splice(Number(place.at(-1)), 1);
  else delete parent[place.at(-1) ?? ''];
}
