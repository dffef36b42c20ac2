import Type, { type Static } from 'typebox';
import { component, freeObject, moment, nullable } from './shapes.ts';

export const AuditOut = component('AuditOut', 'One thing an administrator did.', {
  id: Type.String({ description: 'The id of the row.' }),
  sequence: Type.Integer({ minimum: 1, description: 'Its number in the audit log, which has no gaps.' }),
  occurred_at: moment('When.'),
  actor: Type.String({ description: 'The user id of who did it.', examples: ['u-admin'] }),
  actor_email: nullable(Type.String(), { description: 'Their e-mail address, if their token had one.' }),
  action: Type.String({ description: 'What they did.', examples: ['policy.activate'] }),
  resource_type: Type.String({ description: 'To what kind of thing.', examples: ['policy'] }),
  resource_id: Type.String({
    description: 'To which one; a policy is named by its key.',
    examples: ['land-transfer'],
  }),
  summary: Type.String({ description: 'The same in one sentence.' }),
  before: nullable(freeObject(), { description: 'The thing as it was; null: it did not exist.' }),
  after: nullable(freeObject(), {
    description: 'The thing as it is since; null: it does not exist any more.',
  }),
  metadata: freeObject({ description: 'What else belongs to it, such as the reason that was given.' }),
  hash: Type.String({ description: 'The link of the hash chain: covers this row and all before it.' }),
});

export type AuditOut = Static<typeof AuditOut>;
