import type { AnySchemaObject } from 'ajv';

const text = { type: 'string', pattern: '\\S' };
const names = { type: 'array', items: text };

/** Who a rule finds: a list, which may be empty, or the failure of the lookup. */
const people = {
  type: ['array', 'object'],
  items: text,
  required: ['fails'],
  additionalProperties: false,
  properties: { fails: text },
};

const byName = { type: 'object', additionalProperties: { $ref: '#/definitions/people' } };

const stage: AnySchemaObject = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: text,
    approvers: names,
    required: names,
    observers: names,
    needed: { type: ['integer', 'null'] },
    skipped: { enum: ['skip_if', 'no_approvers'] },
    blocked: { enum: ['no_approvers_resolved', 'required_approver_unavailable', 'quorum_unreachable'] },
    skip_if_error: text,
  },
};

/** JSON Schema of a fixture: a directory of people, and cases with what a policy is expected to make of them. */
export const FIXTURE_SCHEMA: AnySchemaObject = {
  type: 'object',
  required: ['cases'],
  additionalProperties: false,
  properties: {
    policy: text,
    directory: { $ref: '#/definitions/directory' },
    cases: { type: 'array', minItems: 1, items: { $ref: '#/definitions/case' } },
  },
  definitions: {
    people,
    directory: {
      type: 'object',
      additionalProperties: false,
      properties: {
        roles: byName,
        client_roles: { type: 'object', additionalProperties: byName },
        groups: byName,
        http: byName,
        delegations: { type: 'object', additionalProperties: text },
      },
    },
    case: {
      type: 'object',
      required: ['name', 'expect'],
      additionalProperties: false,
      properties: {
        name: text,
        context: { type: 'object' },
        requester: { type: ['string', 'null'] },
        directory: { $ref: '#/definitions/directory' },
        expect: {
          type: 'object',
          minProperties: 1,
          additionalProperties: false,
          properties: { stages: { type: 'array', items: stage }, fails: text },
        },
      },
    },
  },
};
