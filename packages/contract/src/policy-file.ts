import { MODES, ON_BREACH, ON_EMPTY, ON_REJECT, RULE_KINDS, RULE_TYPES } from '@awe/engine/policy';
import { policyDraft } from './examples.ts';
import type { SchemaObject } from './openapi-document.ts';
import { ApproverRuleIn, PolicyCreate, StageIn } from './policies.ts';
import { when } from './policy-file-case.ts';
import { logicSchema } from './policy-file-logic.ts';
import { ruleValueCases } from './policy-file-rule-value.ts';

type Properties = Readonly<Record<string, SchemaObject>>;

/** What a word of a closed list means, and what an editor should say beyond the contract's own description. */
const RULE_PROPERTIES: Properties = {
  rule_type: {
    enum: [...RULE_TYPES],
    description:
      'How the people are found. user: this one. role, group: all members, as Keycloak lists them. expression: ' +
      'computed from the context. http: your own resolver is asked.',
  },
  kind: {
    enum: [...RULE_KINDS],
    description: 'approver: their decisions count. observer: they are informed and may comment.',
  },
};

const STAGE_PROPERTIES: Properties = {
  name: { pattern: '\\S' },
  mode: {
    enum: [...MODES],
    description:
      'How approvals are counted. all: everybody who does not abstain must approve. any-n (quorum is another word ' +
      'for it): mode_value people. percentage: mode_value percent of those who were asked, rounded up.',
  },
  on_empty: {
    enum: [...ON_EMPTY],
    description:
      'When the rules find nobody: block rejects the request, skip goes on without the stage. A lookup that fails ' +
      'is neither: it is repeated until it works.',
  },
  on_breach: {
    enum: [...ON_BREACH, null],
    description:
      'Once every pending task of the stage is past due (sla_hours). notify, or null: the caller is told, and the ' +
      'tasks can still be decided. auto_approve: approves for everybody who is not required. auto_reject: rejects ' +
      'the request. escalate: asks those in escalation_rules too.',
  },
  on_reject: {
    enum: [...ON_REJECT],
    description: 'veto: one reject rejects the request. count: it only uses up that vote; not in mode all.',
  },
  skip_if: {
    description:
      'JSONLogic over the context: when it holds, the stage is skipped. When it cannot be computed (an amount that ' +
      'is not there), the stage is not skipped.',
    examples: [{ '<': [{ var: 'amount' }, 1000] }],
    minProperties: 1,
    allOf: [{ $ref: '#/definitions/logic' }],
  },
  rules: { items: { $ref: '#/definitions/rule' } },
  escalation_rules: { items: { $ref: '#/definitions/rule' } },
};

const POLICY_PROPERTIES: Properties = {
  policy_key: {
    minLength: 1,
    maxLength: 128,
    pattern:
      '^(?!\\.{1,2}$)[^/\\s\\u0000-\\u001f\\u007f]([^/\\u0000-\\u001f\\u007f]*[^/\\s\\u0000-\\u001f\\u007f])?$',
  },
  name: { pattern: '\\S' },
  artifact_type: { pattern: '\\S' },
  stages: { items: { $ref: '#/definitions/stage' } },
};

/** What cannot go together within a stage; each also tells an editor what is still missing. */
const STAGE_CASES: readonly SchemaObject[] = [
  when('mode', ['percentage'], { properties: { mode_value: { maximum: 100 } } }),
  when('on_breach', ['auto_approve', 'auto_reject', 'escalate'], {
    required: ['sla_hours'],
    properties: { sla_hours: { type: 'integer' } },
  }),
  when('on_breach', ['escalate'], {
    required: ['escalation_rules'],
    properties: { escalation_rules: { minItems: 1 } },
  }),
];

/**
 * JSON Schema (draft-07, which editors read best) of a policy in a file: the contract's PolicyCreate with its words
 * closed and no property beside those that are known, so that an editor completes what there is and marks what is
 * misspelt. What it cannot say (orders that clash, parallel neighbours), the service says. Pure: the same every time.
 */
export function policyFileSchema(): SchemaObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'AWE policy',
    ...closed(PolicyCreate, {
      ...POLICY_PROPERTIES,
      $schema: {
        type: 'string',
        description: 'Where an editor finds this schema; the service does not see it.',
      },
    }),
    examples: [policyDraft],
    definitions: {
      stage: { ...closed(StageIn, STAGE_PROPERTIES), allOf: STAGE_CASES },
      rule: {
        ...closed(ApproverRuleIn, RULE_PROPERTIES),
        allOf: [
          ...ruleValueCases(),
          when('kind', ['observer'], { properties: { required: { enum: [false] } } }),
        ],
      },
      logic: logicSchema(),
    },
  };
}

type Component = { description?: string; required?: readonly string[]; properties: Record<string, object> };

/** A component of the contract without its name, closed, each property with what `more` says of it. */
function closed(component: object, more: Properties): SchemaObject {
  const { description, required = [], properties } = component as Component;
  const names = [...new Set([...Object.keys(properties), ...Object.keys(more)])];
  return {
    type: 'object',
    description,
    required,
    additionalProperties: false,
    properties: Object.fromEntries(
      names.map((name) => [name, property(properties[name] ?? {}, more[name] ?? {})]),
    ),
  };
}

/** A list of types says "or null" in a way that editors complete; a closed list of words needs no type. */
function property(given: object, more: SchemaObject): SchemaObject {
  const { anyOf, ...own } = given as Record<string, unknown>;
  const [value] = Array.isArray(anyOf) ? (anyOf as { type: string }[]) : [];
  const written: Record<string, unknown> = value ? { ...value, ...own, type: [value.type, 'null'] } : own;
  // What is in there is for the cases of `more` to say.
  delete written.additionalProperties;
  if (more.enum) delete written.type;
  return { ...written, ...more };
}
