import Type, { type Static } from 'typebox';
import { component, freeObject, moment, nullable } from './shapes.ts';

const link = (description: string) =>
  Type.String({
    description,
    examples: ['c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2'],
  });

const jws = Type.String({
  description: 'The checkpoint as it was signed: a compact JWS (EdDSA). Keep this; the rest is what it says.',
});

export const ProofFault = component('ProofFault', 'Something that is not as it was written.', {
  place: Type.String({ description: 'Where.', examples: ['event 3'] }),
  message: Type.String({ description: 'What is wrong there.' }),
});

export const ProofCheckpoint = component(
  'ProofCheckpoint',
  'What the newest checkpoint that tells of a request says of it.',
  {
    number: Type.Integer({ minimum: 1, description: 'The number of the checkpoint.' }),
    sequence: Type.Integer({ minimum: 1, description: 'How many events the request had by then.' }),
    hash: link('The head of its timeline by then.'),
    jws,
  },
);

export const ProofOut = component(
  'ProofOut',
  'The head of the hash chain of a timeline, and whether all of it is as it was written.',
  {
    request_id: Type.String({ description: 'The id of the request.' }),
    valid: Type.Boolean({
      description: 'Whether the timeline, and the state that it leads to, have no fault.',
    }),
    sequence: Type.Integer({ description: 'The number of the newest event.' }),
    head: nullable(link('The link of the newest event.'), {
      description: 'The link of the newest event: covers it, all before it and what the request asks for.',
    }),
    covered_from: nullable(Type.Integer({ minimum: 1 }), {
      description: 'The first event that has a link; null: none has, the request is older than the chains.',
    }),
    faults: Type.Array(ProofFault, { description: 'Each place that is not as it was written.' }),
    checkpoint: nullable(ProofCheckpoint, {
      description: 'The newest checkpoint that tells of this request; null: none does yet.',
    }),
  },
);

export const CheckpointOut = component(
  'CheckpointOut',
  'A signed statement of how far every chain had come.',
  {
    id: Type.String({ description: 'The id of the checkpoint.' }),
    number: Type.Integer({ minimum: 1, description: 'Its number, from 1 without gaps.' }),
    created_at: moment('When it was made.'),
    previous: nullable(link('SHA-256 of the JWS of the checkpoint before.'), {
      description: 'SHA-256 of the JWS of the checkpoint before; null: it is the first.',
    }),
    audit: Type.Object(
      {
        sequence: Type.Integer({ minimum: 0, description: 'The number of the newest row.' }),
        hash: link('Its link.'),
      },
      { description: 'The head of the audit log; sequence 0: it was empty.' },
    ),
    requests: Type.Object(
      {
        count: Type.Integer({ minimum: 0, description: 'How many requests it tells of.' }),
        root: link('SHA-256 over a line for each of them, in order of their ids.'),
      },
      { description: 'The requests that changed since the checkpoint before.' },
    ),
    more: Type.Boolean({
      description: 'More requests changed than one checkpoint takes: ask for the next one right away.',
    }),
    jws,
    key: freeObject({ description: 'The public key that it was signed with, as a JWK.' }),
  },
);

export type ProofFault = Static<typeof ProofFault>;
export type ProofOut = Static<typeof ProofOut>;
export type CheckpointOut = Static<typeof CheckpointOut>;
