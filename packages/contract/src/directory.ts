import Type, { type Static } from 'typebox';
import { component, nullable } from './shapes.ts';

export const DirectoryUserOut = component('DirectoryUserOut', 'Somebody whom a policy can name.', {
  user_id: Type.String({
    description: 'What rules, tasks and delegations call this person: the token’s sub, or as configured.',
    examples: ['8f14e45f-ceea-467f-a0e6-1b2f3c4d5e6f'],
  }),
  username: Type.String({ description: 'The name under which the person signs in.', examples: ['amina'] }),
  name: nullable(Type.String(), { description: 'First and last name.', examples: ['Amina Officer'] }),
  email: nullable(Type.String(), { description: 'The e-mail address.', examples: ['amina@example.org'] }),
});

export const DirectoryClientOut = component('DirectoryClientOut', 'A client whose roles a policy can name.', {
  client: Type.String({
    description: 'The client id, as role rules name it.',
    examples: ['registry-staff-portal'],
  }),
  name: nullable(Type.String(), { description: 'What people call it.', examples: ['Staff portal'] }),
});

export const DirectoryRoleOut = component('DirectoryRoleOut', 'A role that a policy can name.', {
  role: Type.String({ description: 'The role, as role rules name it.', examples: ['OFFICER'] }),
  client: nullable(Type.String(), { description: 'The client it belongs to; null: the realm.' }),
  description: nullable(Type.String(), { description: 'What it is for.' }),
});

export const DirectoryGroupOut = component('DirectoryGroupOut', 'A group that a policy can name.', {
  group: Type.String({
    description: 'The path, as group rules name it.',
    examples: ['/districts/D1'],
  }),
  name: Type.String({ description: 'The last part of the path.', examples: ['D1'] }),
});

export type DirectoryUserOut = Static<typeof DirectoryUserOut>;
export type DirectoryClientOut = Static<typeof DirectoryClientOut>;
export type DirectoryRoleOut = Static<typeof DirectoryRoleOut>;
export type DirectoryGroupOut = Static<typeof DirectoryGroupOut>;
