import type { RuleType } from '@awe/engine/policy';
import type { SchemaObject } from './openapi-document.ts';
import { when } from './policy-file-case.ts';

const text = (description: string, example: string, more: SchemaObject = {}): SchemaObject => ({
  type: 'string',
  pattern: '\\S',
  description,
  examples: [example],
  ...more,
});

/** What a rule_value holds for each rule_type; the first property is the one it needs. */
const VALUES: Readonly<Record<RuleType, Readonly<Record<string, SchemaObject>>>> = {
  user: {
    user_id: text('The user id, as the subject of their token has it.', 'u-alice', { maxLength: 255 }),
  },
  role: {
    role: text('The name of the role.', 'DISTRICT_OFFICER'),
    client: {
      type: ['string', 'null'],
      description: 'The client whose role it is; without it, a role of the realm.',
      examples: ['registry-staff-portal'],
    },
  },
  group: { group: text('The path of the group.', '/districts/D1') },
  expression: {
    logic: {
      description: 'JSONLogic that computes a user id or a list of them from the context.',
      examples: [{ var: 'line_manager' }],
      allOf: [{ $ref: '#/definitions/logic' }],
    },
  },
  http: {
    url: text(
      'Your resolver: it gets POST {"context": …} and answers {"user_ids": […]}. No credentials in the URL.',
      'https://approvers.example.org/resolve',
      { pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^/?#\\s@]+([/?#]\\S*)?$' },
    ),
  },
};

/**
 * The shape of rule_value for each rule_type. A misspelt `client` would ask another set of people, so that only keys that
 * start with `x-` are free for notes of one's own.
 */
export function ruleValueCases(): SchemaObject[] {
  return Object.entries(VALUES).map(([type, properties]) =>
    when('rule_type', [type], {
      properties: {
        rule_value: {
          required: Object.keys(properties).slice(0, 1),
          additionalProperties: false,
          properties,
          patternProperties: { '^x-': { description: 'A note of your own; it is kept, and means nothing.' } },
        },
      },
    }),
  );
}
