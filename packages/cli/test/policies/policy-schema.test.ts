import { readFileSync } from 'node:fs';
import { policyDraft } from '@awe/contract/examples';
import type { PolicyOut } from '@awe/contract/policies';
import { policyFileSchema } from '@awe/contract/policy-file';
import { OPERATOR_DESCRIPTIONS } from '@awe/contract/policy-file-logic';
import { OPERATORS } from '@awe/engine/jsonlogic/operators';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { anyPolicy } from '../../../engine/test/random-policies.ts';
import { changeRequestPolicy, disbursementPolicy } from '../../../server/demo/policies.ts';
import { standIn } from '../../../server/test/http/stand-in.ts';
import { definitionOf, sameDefinition } from '../../src/policies/definition.ts';
import { checkPolicyDocument } from '../../src/policies/policy-file.ts';
import { policyYaml } from '../../src/policies/policy-yaml.ts';
import { readDocuments } from '../../src/policies/reading/source-document.ts';

type Schema = {
  description?: string;
  properties?: Record<string, Schema>;
  definitions?: Record<string, Schema>;
};

const schema = policyFileSchema();
const ajv = new Ajv({ allErrors: true, strict: false });
const accepts = ajv.compile(schema);

const { app } = standIn();
afterAll(() => app.close());

/** Every place of a schema that names a property without saying what it is. */
function silent(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { properties = {}, if: _, ...more } = value as Schema & { if?: unknown };
  return [
    ...Object.entries(properties)
      // Within a case a property is only narrowed; it is described where it belongs.
      .filter(([, property]) => !property.description && !path.includes('.allOf.'))
      .map(([name]) => `${path}.${name}`),
    ...Object.entries(properties).flatMap(([name, property]) => silent(property, `${path}.${name}`)),
    ...Object.entries(more).flatMap(([name, inner]) => silent(inner, `${path}.${name}`)),
  ];
}

describe('the schema of a policy file', () => {
  it('is a JSON Schema of draft-07, and the same every time', () => {
    expect([ajv.validateSchema(schema), ajv.errors]).toEqual([true, null]);
    expect(policyFileSchema()).toEqual(schema);
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });

  it('stands in the repository as the code writes it; `npm run policy-schema` writes it', () => {
    const file = new URL('../../../../docs/policy.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
  });

  it('is served to everybody, without a token', async () => {
    const answer = await app.inject('/v1/awe/policy.schema.json');
    expect([answer.statusCode, answer.json()]).toEqual([200, schema]);
    expect(answer.headers['content-type']).toBe('application/schema+json; charset=utf-8');
    const posted = await app.inject({ method: 'POST', url: '/v1/awe/policy.schema.json' });
    expect([posted.statusCode, posted.headers.allow, posted.json().errors[0].errorCode]).toEqual([
      405,
      'GET, HEAD',
      'AWE-012',
    ]);
  });

  it('says of every property what it is, and of every operator of the engine what it does', () => {
    expect(silent(schema, '')).toEqual([]);
    expect(Object.keys(OPERATOR_DESCRIPTIONS).sort()).toEqual([...OPERATORS.keys()].sort());
  });

  it.each([policyDraft, changeRequestPolicy, disbursementPolicy])('accepts $policy_key', (policy) => {
    expect([accepts(policy), accepts.errors]).toEqual([true, null]);
  });

  it.each<[string, object, object]>([
    ['an escalation to nobody', { on_breach: 'escalate', sla_hours: 1, escalation_rules: [] }, {}],
    ['a breach without a time', { on_breach: 'auto_reject' }, {}],
    ['more than all', { mode: 'percentage', mode_value: 101 }, {}],
    ['two operators at once', { skip_if: { '<': [1, 2], '>': [1, 2] } }, {}],
    ['an operator that there is not', { skip_if: { '!': [{ gt: [1, 2] }] } }, {}],
    ['a misspelt word', { on_reject: 'vetoo' }, {}],
    ['an observer who must approve', {}, { kind: 'observer', required: true }],
    ['a role without its name', {}, { rule_value: {} }],
    ['a misspelt client', {}, { rule_value: { role: 'R', clinet: 'c' } }],
    ['a resolver with a password', {}, { rule_type: 'http', rule_value: { url: 'https://a:b@c/' } }],
  ])('refuses %s', (_, stage, rule) => {
    const right = { rule_type: 'role', rule_value: { role: 'R', client: 'c', 'x-note': 1 } };
    const policy = (stages: object[]) => ({ policy_key: 'p', name: 'P', artifact_type: 't', stages });
    const named = { name: 'S', stage_order: 1 };
    expect(accepts(policy([{ ...named, rules: [right] }]))).toBe(true);
    expect(accepts(policy([{ ...named, rules: [{ ...right, ...rule }], ...stage }]))).toBe(false);
  });
});

describe('any policy that can work', () => {
  const hostile = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .filter((text) => text.trim() !== '' && text.isWellFormed() && !text.includes('\0'));
  const flavour = { sla: 10, parallel: 5, strict: true, lookups: 10 };
  // Numbers that would be rounded, and texts that the service does not take, are refused elsewhere.
  const plain = fc
    .jsonValue()
    .filter((value) => !/\d{16}|\de\+|\\u(0000|d[89a-f])/.test(JSON.stringify(value)));

  it('comes back from its file as it was', () => {
    fc.assert(
      fc.property(anyPolicy(flavour), hostile, hostile, plain, (policy, name, note, value) => {
        const stored = structuredClone({
          ...policy,
          name,
          description: note,
          artifact_type: note,
          status: 'active',
        });
        const [first] = stored.stages;
        if (first?.rules[0]) Object.assign(first.rules[0].rule_value, { 'x-note': value });
        const { documents, faults } = readDocuments(
          'p.yaml',
          policyYaml(stored as unknown as PolicyOut, 'https://s/'),
        );
        expect(faults).toEqual([]);
        const checked = checkPolicyDocument(documents[0]!);
        if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
        const definition = definitionOf(stored);
        expect(sameDefinition(definition, checked.policy.definition)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
