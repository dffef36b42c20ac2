import Type, { type Static } from 'typebox';
import { component, freeObject, moment, nullable, nullableMoment } from './shapes.ts';
import { TaskOut } from './tasks.ts';

const policyKey = Type.String({
  description: 'The policy that decides whom to ask.',
  examples: ['farmer-change'],
});
const artifactType = Type.String({ description: 'The kind of the artifact.', examples: ['change_request'] });
const artifactId = Type.String({
  description: "The owner's own id of the artifact.",
  examples: ['CR-2026-00042'],
});
const requestStatus = Type.String({
  description: 'pending, in_review, approved, rejected or cancelled.',
  examples: ['in_review'],
});
const currentStage = Type.Integer({
  description: 'The lowest active stage_order; 0 before any; it stays where it was after the end.',
});

export const CreateRequestIn = component('CreateRequestIn', 'An artifact that needs approval.', {
  policy_key: policyKey,
  artifact_type: artifactType,
  artifact_id: artifactId,
  context: Type.Optional(
    freeObject({
      description: 'What the rules of the policy may look at; frozen once the request exists.',
      examples: [{ amount: 2500, district: 'D1' }],
    }),
  ),
  callback_url: Type.Optional(
    nullable(Type.String(), { description: 'Where the signed webhooks go; null: nowhere.' }),
  ),
  callback_secret_id: Type.Optional(
    nullable(Type.String(), {
      description: "The secret that signs them; null: the deployment's default secret.",
    }),
  ),
  requester: Type.Optional(
    nullable(Type.String(), { description: "Who wants the change; the token's own user when absent." }),
  ),
});

export const CreateRequestOut = component('CreateRequestOut', 'The request that was started.', {
  request_id: Type.String({ description: 'The id of the request.' }),
  status: requestStatus,
  current_stage_order: currentStage,
  tasks: Type.Optional(Type.Array(TaskOut, { description: 'The tasks of the stages that just opened.' })),
});

export const RequestOut = component('RequestOut', 'An approval request and where it stands.', {
  id: Type.String({ description: 'The id of the request.' }),
  policy_id: Type.String({ description: 'The policy version that governs it, from start to end.' }),
  policy_key: policyKey,
  policy_version: Type.Integer({ description: 'The number of that version.' }),
  artifact_type: artifactType,
  artifact_id: artifactId,
  source_service: Type.String({ description: 'The service that asked, as its token names it.' }),
  requester: Type.Optional(nullable(Type.String(), { description: 'Who wants the change.' })),
  context: freeObject({ description: 'What the rules of the policy look at.' }),
  status: requestStatus,
  current_stage_order: currentStage,
  callback_url: Type.Optional(nullable(Type.String(), { description: 'Where the signed webhooks go.' })),
  completed_at: Type.Optional(nullableMoment('When it was approved, rejected or cancelled.')),
  created_at: moment('When it was started.'),
  updated_at: moment('When it last changed.'),
});

export const CancelRequest = component('CancelRequest', 'Why a request is withdrawn.', {
  reason: Type.Optional(nullable(Type.String(), { description: 'Why; kept in the timeline.' })),
  actor: Type.Optional(
    nullable(Type.String(), {
      description: "On whose behalf; recorded as requested_by. The one who acts is always the token's user.",
    }),
  ),
});

export const EventOut = component('EventOut', 'One line in the timeline of a request.', {
  id: Type.String({ description: 'The id of the event; a webhook about it carries the same.' }),
  request_id: Type.String({ description: 'The request it belongs to.' }),
  event_type: Type.String({ description: 'What happened.', examples: ['task_decided'] }),
  payload: freeObject({
    description: 'Always request_id, artifact_type, artifact_id, status and stage_order; more by event_type.',
  }),
  created_at: moment('When it happened.'),
  sequence: Type.Optional(Type.Integer({ description: 'Its number in the timeline, from 1 without gaps.' })),
  actor: Type.Optional(
    nullable(Type.String(), { description: 'Who caused it; null when nobody pressed a button.' }),
  ),
});

export type CreateRequestIn = Static<typeof CreateRequestIn>;
export type CreateRequestOut = Static<typeof CreateRequestOut>;
export type RequestOut = Static<typeof RequestOut>;
export type CancelRequest = Static<typeof CancelRequest>;
export type EventOut = Static<typeof EventOut>;
