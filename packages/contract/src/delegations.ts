import Type, { type Static } from 'typebox';
import { component, moment, nullable } from './shapes.ts';

const userId = (description: string, example: string) =>
  Type.String({ minLength: 1, description, examples: [example] });

const delegation = {
  user_id: userId('The person who is away.', 'u-amina'),
  delegate_to: userId('The person who stands in.', 'u-bao'),
  starts_at: moment('From when on.'),
  ends_at: moment('Until when; must be after starts_at.'),
  reason: Type.Optional(nullable(Type.String(), { description: 'Why.', examples: ['annual leave'] })),
};

export const DelegationIn = component(
  'DelegationIn',
  'A window in which one person stands in for another.',
  delegation,
);

export const DelegationOut = component('DelegationOut', 'A delegation as it was stored.', {
  id: Type.String({ description: 'The id of the delegation.' }),
  ...delegation,
  created_by: Type.String({ description: 'The user id of the administrator who wrote it.' }),
  created_at: moment('When it was written; of several active windows the newest counts.'),
});

export type DelegationIn = Static<typeof DelegationIn>;
export type DelegationOut = Static<typeof DelegationOut>;
