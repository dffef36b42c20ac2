import Type, { type Static } from 'typebox';
import { component, nullable, nullableMoment } from './shapes.ts';

const named = {
  receiver: Type.String({
    description: 'The receiver, as deliveries name it: a callback_url without query and fragment.',
    examples: ['https://registry.example/approvals'],
  }),
};

export const PauseReceiverIn = component('PauseReceiverIn', 'Which receiver is left alone, and why.', {
  ...named,
  reason: Type.Optional(nullable(Type.String(), { description: 'Shown to other administrators.' })),
});

export const ResumeReceiverIn = component('ResumeReceiverIn', 'Which receiver is sent to again.', named);

const counted = (what: string) =>
  Type.Integer({ minimum: 0, description: `${what} Counted up to 1,000, which means that many or more.` });

export const ReceiverOut = component('ReceiverOut', 'Somebody who is called back, and how that goes.', {
  receiver: Type.String({
    description: 'The callback_url without query and fragment.',
    examples: ['https://registry.example/approvals'],
  }),
  pending: counted('Deliveries that are to be attempted, at once or again.'),
  oldest_pending_at: nullableMoment('When the oldest of those that were counted was written.'),
  next_attempt_at: nullableMoment('When the next of them is due, or has been since.'),
  exhausted: counted('Deliveries that were given up.'),
  oldest_exhausted_at: nullableMoment('When the oldest of those that were counted was written.'),
  paused: Type.Boolean({ description: 'Whether nothing is sent to it.' }),
  paused_at: nullableMoment('Since when; null unless it is paused.'),
  paused_by: nullable(Type.String(), { description: 'Who paused it; null unless it is paused.' }),
  reason: nullable(Type.String(), { description: 'Why it is paused, if somebody said so.' }),
});

export type PauseReceiverIn = Static<typeof PauseReceiverIn>;
export type ResumeReceiverIn = Static<typeof ResumeReceiverIn>;
export type ReceiverOut = Static<typeof ReceiverOut>;
