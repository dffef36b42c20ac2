import Type, { type Static } from 'typebox';
import { component, freeObject, nullable } from './shapes.ts';

export const SimulateRequest = component('SimulateRequest', 'A sample to try a policy version on.', {
  context: Type.Optional(
    freeObject({
      description: 'The context that a request would carry.',
      examples: [{ amount: 2500, district: 'D1' }],
    }),
  ),
  requester: Type.Optional(
    nullable(Type.String(), { description: 'Who would ask; matters when self-approval is forbidden.' }),
  ),
});

export const SimulateStageOut = component('SimulateStageOut', 'Whom one stage would ask.', {
  stage_order: Type.Integer({ description: 'The place of the stage.' }),
  name: Type.String({ description: 'The name of the stage.' }),
  mode: Type.String({ description: 'How approvals would be counted.' }),
  mode_value: Type.Optional(nullable(Type.Integer(), { description: 'How many, or what share.' })),
  resolved_approvers: Type.Array(Type.String(), {
    description: 'User ids of the people who would get a task, after all filters and delegations.',
  }),
  skipped: Type.Optional(
    Type.Boolean({ default: false, description: 'Whether the stage would be skipped.' }),
  ),
  skip_reason: Type.Optional(nullable(Type.String(), { description: 'Why it would be skipped.' })),
  needed: Type.Optional(
    nullable(Type.Integer(), { description: 'Approvals it would need; null when it would not open.' }),
  ),
  required_approvers: Type.Optional(
    Type.Array(Type.String(), { description: 'Those of the approvers who must approve whatever the count.' }),
  ),
  observers: Type.Optional(
    Type.Array(Type.String(), { description: 'User ids of those who would only be informed.' }),
  ),
  blocked_reason: Type.Optional(
    nullable(Type.String(), {
      description: 'Why a request would be rejected on reaching the stage; null when it would not.',
    }),
  ),
  skip_if_error: Type.Optional(
    nullable(Type.String(), {
      description: 'Why skip_if could not be evaluated; the stage is then not skipped.',
    }),
  ),
});

export const SimulateResponse = component(
  'SimulateResponse',
  'Whom a policy version would ask, stage by stage.',
  {
    policy_id: Type.String({ description: 'The id of the version that was tried.' }),
    policy_version: Type.Integer({ description: 'Its number.' }),
    stages: Type.Array(SimulateStageOut, { description: 'The stages, by stage_order.' }),
  },
);

export type SimulateRequest = Static<typeof SimulateRequest>;
export type SimulateStageOut = Static<typeof SimulateStageOut>;
export type SimulateResponse = Static<typeof SimulateResponse>;
