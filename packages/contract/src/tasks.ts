import { ACTIONS } from '@awe/engine/approval';
import Type, { type Static } from 'typebox';
import { component, moment, nullable, nullableMoment, oneOf } from './shapes.ts';

const optionalUser = (description: string) => Type.Optional(nullable(Type.String(), { description }));

export const TaskOut = component('TaskOut', "One person's part in one stage of a request.", {
  id: Type.String({ description: 'The id of the task.' }),
  request_id: Type.String({ description: 'The request it belongs to.' }),
  stage_id: Type.String({ description: 'The stage of the policy version.' }),
  stage_order: Type.Integer({ description: 'The place of that stage.' }),
  assignee: Type.String({ description: 'The user id of the person who is asked.', examples: ['u-amina'] }),
  kind: Type.Optional(
    Type.String({
      default: 'approver',
      description: 'approver, whose decision counts, or observer, who may comment.',
    }),
  ),
  delegated_from: optionalUser('The person who was away; the assignee stands in for them.'),
  reassigned_from: optionalUser('The person from whom an administrator took the task.'),
  status: Type.String({
    description: 'open, claimed, completed, skipped, expired or reassigned.',
    examples: ['open'],
  }),
  claimed_at: Type.Optional(nullableMoment('When it was claimed.')),
  completed_at: Type.Optional(nullableMoment('When it was decided.')),
  due_at: Type.Optional(nullableMoment('When it is due; null: never.')),
  decision_id: Type.Optional(nullable(Type.String(), { description: 'The decision that completed it.' })),
  created_at: moment('When the person was asked.'),
});

export const DecisionIn = component('DecisionIn', 'The decision on a task.', {
  action: oneOf(ACTIONS, {
    description: 'approve; reject; or abstain, which is a recusal and not an approval.',
    examples: ['approve'],
  }),
  comment: Type.Optional(nullable(Type.String(), { description: 'Why; kept with the decision.' })),
  attachments_ref: Type.Optional(
    nullable(Type.String(), {
      description: 'Where supporting documents are kept; the service never opens it.',
    }),
  ),
});

export const DecisionOut = component('DecisionOut', 'A decision as it was recorded.', {
  id: Type.String({ description: 'The id of the decision.' }),
  request_id: Type.String({ description: 'The request it belongs to.' }),
  task_id: Type.String({ description: 'The task it completed.' }),
  stage_order: Type.Integer({ description: 'The place of the stage.' }),
  actor: Type.String({ description: 'Who decided; an administrator may decide for the assignee.' }),
  action: Type.String({ description: 'approve, reject or abstain.' }),
  comment: Type.Optional(nullable(Type.String(), { description: 'Why.' })),
  attachments_ref: Type.Optional(
    nullable(Type.String(), { description: 'Where supporting documents are kept.' }),
  ),
  created_at: moment('When it was decided.'),
});

export const ReassignIn = component('ReassignIn', 'Who takes over a task.', {
  new_assignee: Type.String({ minLength: 1, description: 'The user id of the person who is asked instead.' }),
  reason: Type.Optional(
    nullable(Type.String(), { description: 'Why; kept in the timeline and in the audit log.' }),
  ),
});

export type TaskOut = Static<typeof TaskOut>;
export type DecisionIn = Static<typeof DecisionIn>;
export type DecisionOut = Static<typeof DecisionOut>;
export type ReassignIn = Static<typeof ReassignIn>;
