import { MODES, ON_BREACH, ON_EMPTY, ON_REJECT, RULE_KINDS, RULE_TYPES } from '@awe/engine/policy';
import Type, { type Static } from 'typebox';
import { component, freeObject, moment, nullable } from './shapes.ts';

// Words such as `mode` stay free strings here: a wrong one is a fault in the meaning of a policy (400 AWE-010, all of
// them named at once), not in its shape (422).

const rule = {
  rule_type: Type.String({
    description: `How the people are found: ${words(RULE_TYPES)}.`,
    examples: ['role'],
  }),
  rule_value: freeObject({
    description:
      'What to look for, by rule_type. `user`: {user_id}. `role`: {role} and, for a client role, {client}. ' +
      '`group`: {group}. `expression`: {logic}, JSONLogic over the context. `http`: {url} of a resolver.',
    examples: [{ role: 'DISTRICT_OFFICER', client: 'registry' }],
  }),
  kind: Type.Optional(
    Type.String({
      default: 'approver',
      description: `${words(RULE_KINDS)}: an approver's decision counts, an observer's is a comment.`,
    }),
  ),
  required: Type.Optional(
    Type.Boolean({
      default: false,
      description:
        'Everybody this rule finds holds a required seat: the stage passes only with their approval.',
    }),
  ),
};

export const ApproverRuleIn = component('ApproverRuleIn', 'One way to find people for a stage.', rule);

export const ApproverRuleOut = component('ApproverRuleOut', 'A rule as it was stored.', {
  ...rule,
  id: Type.String({ description: 'The id of the rule.' }),
});

const stage = {
  name: Type.String({ description: 'What people call this stage.', examples: ['District review'] }),
  stage_order: Type.Integer({ minimum: 1, description: 'The place of the stage; unique within the policy.' }),
  mode: Type.Optional(
    Type.String({
      default: 'all',
      description: `How approvals are counted: ${words(MODES)}; quorum is any-n.`,
    }),
  ),
  mode_value: Type.Optional(
    nullable(Type.Integer({ minimum: 1 }), {
      description:
        'any-n and quorum: how many approvals (1 when absent). percentage: 1 to 100 (100 when absent).',
    }),
  ),
  sla_hours: Type.Optional(
    nullable(Type.Integer({ minimum: 1 }), {
      description: 'Hours until a task of this stage is due; null: never.',
    }),
  ),
  skip_if: Type.Optional(
    nullable(freeObject(), {
      description:
        'JSONLogic over the context: when it is true, the stage is skipped. When it fails, it is not.',
      examples: [{ '<': [{ var: 'amount' }, 1000] }],
    }),
  ),
  on_empty: Type.Optional(
    Type.String({
      default: 'block',
      description: `When the rules find nobody: ${words(ON_EMPTY)}; block rejects the request, skip goes on without the stage.`,
    }),
  ),
  parallel_group: Type.Optional(
    nullable(Type.Integer(), {
      description: 'Neighbouring stages with the same number run side by side; null: the stage runs alone.',
    }),
  ),
  on_breach: Type.Optional(
    nullable(Type.String(), {
      description: `What happens once every pending task of the stage is past due: ${words(ON_BREACH)}; null is notify.`,
    }),
  ),
  on_reject: Type.Optional(
    Type.String({
      default: 'veto',
      description: `${words(ON_REJECT)}: one reject ends the stage, or it only uses up that vote (not in mode all).`,
    }),
  ),
};

export const StageIn = component(
  'StageIn',
  'One step of a policy: whom to ask, and how their answers count.',
  {
    ...stage,
    escalation_rules: Type.Optional(
      Type.Array(ApproverRuleIn, { description: 'Whom to ask in addition when on_breach is escalate.' }),
    ),
    rules: Type.Optional(
      Type.Array(ApproverRuleIn, {
        description: 'Whom to ask: everybody whom any of the rules finds, once.',
      }),
    ),
  },
);

export const StageOut = component('StageOut', 'A stage as it was stored.', {
  ...stage,
  escalation_rules: Type.Optional(
    Type.Array(ApproverRuleOut, { description: 'Whom to ask in addition on a breach.' }),
  ),
  rules: Type.Optional(Type.Array(ApproverRuleOut, { description: 'Whom to ask.' })),
  id: Type.String({ description: 'The id of the stage; tasks refer to it.' }),
});

const policyKey = Type.String({
  description: 'Names the policy across its versions: 1 to 128 characters, no slash.',
  examples: ['farmer-change'],
});
const policyName = Type.String({
  description: 'What people call the policy.',
  examples: ['Change of a farmer record'],
});
const policyDescription = Type.Optional(nullable(Type.String(), { description: 'What the policy is for.' }));
const artifactType = Type.String({
  description: 'The kind of artifact that the policy is meant for.',
  examples: ['change_request'],
});
const fairness = {
  forbid_self_approval: Type.Optional(
    Type.Boolean({ default: false, description: 'Nobody is asked to approve their own request.' }),
  ),
  forbid_repeat_approvers: Type.Optional(
    Type.Boolean({ default: false, description: 'Nobody who approved an earlier stage is asked again.' }),
  ),
};

export const PolicyCreate = component('PolicyCreate', 'A whole policy version, as its author writes it.', {
  policy_key: policyKey,
  name: policyName,
  description: policyDescription,
  artifact_type: artifactType,
  ...fairness,
  stages: Type.Optional(
    Type.Array(StageIn, { description: 'The steps; without any, requests are approved at once.' }),
  ),
});

const version = Type.Integer({ description: 'Counts from 1 within the policy_key.', examples: [2] });
const policyStatus = Type.String({ description: 'draft, active or archived.', examples: ['active'] });

export const PolicyOut = component('PolicyOut', 'One version of a policy with its stages and rules.', {
  id: Type.String({ description: 'The id of this version.' }),
  policy_key: policyKey,
  version,
  name: policyName,
  description: policyDescription,
  status: policyStatus,
  artifact_type: artifactType,
  ...fairness,
  created_by: Type.Optional(
    nullable(Type.String(), { description: 'The user id of whoever wrote this version.' }),
  ),
  created_at: moment('When this version was written.'),
  updated_at: moment('When this version, or its status, last changed.'),
  stages: Type.Optional(Type.Array(StageOut, { description: 'The steps, by stage_order.' })),
});

export const PolicyVersionOut = component('PolicyVersionOut', 'One line in the list of versions.', {
  id: Type.String({ description: 'The id of this version.' }),
  policy_key: policyKey,
  version,
  status: policyStatus,
  created_at: moment('When this version was written.'),
});

export type ApproverRuleIn = Static<typeof ApproverRuleIn>;
export type ApproverRuleOut = Static<typeof ApproverRuleOut>;
export type StageIn = Static<typeof StageIn>;
export type StageOut = Static<typeof StageOut>;
export type PolicyCreate = Static<typeof PolicyCreate>;
export type PolicyOut = Static<typeof PolicyOut>;
export type PolicyVersionOut = Static<typeof PolicyVersionOut>;

function words(list: readonly string[]): string {
  return list.join(', ');
}
