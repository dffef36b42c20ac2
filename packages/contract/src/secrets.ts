import Type, { type Static } from 'typebox';
import { component, moment, nullable } from './shapes.ts';

const LONGEST_ROTATION_HOURS = 8_760;

export const SecretIn = component('SecretIn', 'A new secret for signing callbacks.', {
  name: Type.String({
    minLength: 1,
    maxLength: 128,
    description: 'What people call it; no two secrets have the same name.',
    examples: ['land-registry'],
  }),
  secret: Type.Optional(
    nullable(Type.String({ minLength: 16, maxLength: 512 }), {
      description:
        'The value that the receiver holds already, such as one of the reference implementation. Leave it out to have one made.',
    }),
  ),
});

export const RotateSecretIn = component('RotateSecretIn', 'When the new value begins to sign.', {
  effective_in_hours: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: LONGEST_ROTATION_HOURS,
      default: 24,
      description:
        'Until then the old value signs, and webhook-signature carries both: time to bring the new value to the receivers. 0: at once.',
    }),
  ),
});

const shown = {
  id: Type.String({ description: 'What requests name as callback_secret_id.' }),
  name: Type.String({
    description: 'What people call it. The one named default signs where a request names none.',
  }),
  created_at: moment('When it was made.'),
  effective_at: moment('When its newest value begins to sign, or began to.'),
};

export const SecretOut = component('SecretOut', 'A callback secret, without its value.', shown);

export const SecretValueOut = component(
  'SecretValueOut',
  'A callback secret with its value: shown this once.',
  {
    ...shown,
    secret: Type.String({
      description: 'The value: `whsec_` and base64, unless one was given. It is not shown again.',
      examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    }),
  },
);

export type SecretIn = Static<typeof SecretIn>;
export type RotateSecretIn = Static<typeof RotateSecretIn>;
export type SecretOut = Static<typeof SecretOut>;
export type SecretValueOut = Static<typeof SecretValueOut>;
