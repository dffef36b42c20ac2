import Type from 'typebox';
import * as examples from './operating-examples.ts';
import { operation, refusal } from './operation.ts';
import { cursor, limit, linkHeader } from './paging.ts';
import { PauseReceiverIn, ReceiverOut, ResumeReceiverIn } from './receivers.ts';

const PATH = '/v1/awe/admin/receivers';
const NO_RECEIVER = refusal('AWE-010', 400, 'No receiver can have this name.');

export const RECEIVER_OPERATIONS = {
  listReceivers: operation({
    operationId: 'list_receivers_v1_awe_admin_receivers_get',
    method: 'get',
    path: PATH,
    tag: 'deliveries',
    summary: 'List receivers that have something waiting',
    description:
      'Receivers with deliveries that are pending or exhausted, and those that are paused, by name. One that has had everything is not listed.',
    access: 'viewer',
    query: Type.Object({ limit: limit(50), cursor }),
    success: {
      status: 200,
      schema: Type.Array(ReceiverOut),
      description: 'One page of receivers.',
      headers: linkHeader(PATH),
    },
    errors: [],
    examples: { response: [examples.receiver] },
  }),
  pauseReceiver: operation({
    operationId: 'pause_receiver_v1_awe_admin_receivers_pause_post',
    method: 'post',
    path: `${PATH}/pause`,
    tag: 'deliveries',
    summary: 'Leave a receiver alone',
    description:
      'Nothing more is sent to it, by any replica, from a few seconds later on; attempts that are under way end. Its deliveries wait without using up attempts. A receiver that is paused stays as it is.',
    access: 'admin',
    body: PauseReceiverIn,
    success: { status: 200, schema: ReceiverOut, description: 'The receiver, paused.' },
    errors: [NO_RECEIVER],
    examples: {
      body: { receiver: examples.receiver.receiver, reason: 'maintenance' },
      response: examples.receiver,
    },
  }),
  resumeReceiver: operation({
    operationId: 'resume_receiver_v1_awe_admin_receivers_resume_post',
    method: 'post',
    path: `${PATH}/resume`,
    tag: 'deliveries',
    summary: 'Send to a receiver again',
    description:
      'What has waited goes out, first attempts of each request in order. A receiver that is not paused stays as it is.',
    access: 'admin',
    body: ResumeReceiverIn,
    success: { status: 200, schema: ReceiverOut, description: 'The receiver, no longer paused.' },
    errors: [NO_RECEIVER],
    examples: { body: { receiver: examples.receiver.receiver }, response: examples.resumedReceiver },
  }),
} as const;
