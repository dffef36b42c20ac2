import Type from 'typebox';
import * as examples from './examples.ts';
import { CheckpointOut, ProofOut } from './integrity.ts';
import { operation, refusal } from './operation.ts';
import { cursor, limit, linkHeader } from './paging.ts';
import { moment } from './shapes.ts';

export const INTEGRITY_OPERATIONS = {
  requestProof: operation({
    operationId: 'request_proof_v1_awe_requests__request_id__proof_get',
    method: 'get',
    path: '/v1/awe/requests/{request_id}/proof',
    tag: 'requests',
    summary: 'Verify the timeline of a request',
    description:
      'Computes the hash chain of its timeline anew, replays it against the state of the request, and holds both ' +
      'against the checkpoints. The whole log is verified from an export: see docs/tamper-evidence.md.',
    access: 'any',
    params: Type.Object({ request_id: Type.String({ description: 'The id of the request.' }) }),
    success: { status: 200, schema: ProofOut, description: 'The head of the chain, and every fault.' },
    errors: [refusal('AWE-003', 404, 'No request has this id.')],
    examples: { response: examples.proof },
  }),
  checkpoint: operation({
    operationId: 'checkpoint_v1_awe_admin_checkpoint_get',
    method: 'get',
    path: '/v1/awe/admin/checkpoint',
    tag: 'audit',
    summary: 'Get a signed head over everything new',
    description:
      'Makes a checkpoint of the audit log and of every request that changed since the last one, and answers it; when ' +
      'nothing has changed, answers the last one. Of calls at the same time one makes it, and the others answer it too. ' +
      'Store what it answers where nobody can reach it who can reach the database: then deleted rows show.',
    access: 'viewer',
    success: { status: 200, schema: CheckpointOut, description: 'The newest checkpoint.' },
    errors: [],
    examples: { response: examples.checkpoint },
  }),
  listCheckpoints: operation({
    operationId: 'list_checkpoints_v1_awe_admin_checkpoints_get',
    method: 'get',
    path: '/v1/awe/admin/checkpoints',
    tag: 'audit',
    summary: 'List checkpoints',
    description: 'Newest first. Makes none.',
    access: 'viewer',
    query: Type.Object({ limit: limit(50), cursor }),
    success: {
      status: 200,
      schema: Type.Array(CheckpointOut),
      description: 'One page of checkpoints.',
      headers: linkHeader('/v1/awe/admin/checkpoints'),
    },
    errors: [],
    examples: { response: [examples.checkpoint] },
  }),
  exportLog: operation({
    operationId: 'export_v1_awe_admin_export_get',
    method: 'get',
    path: '/v1/awe/admin/export',
    tag: 'audit',
    summary: 'Export everything that can be verified',
    description:
      'JSON lines: the checkpoints with their keys, each request with its events, tasks, decisions and deliveries, and ' +
      'the audit log. The last line has the type end; a file without it was cut short. docs/tamper-evidence.md ' +
      'describes the lines, and how to verify them without this service.',
    access: 'viewer',
    query: Type.Object({
      since: Type.Optional(moment('Only requests started from this moment on, by the time in their ids.')),
      until: Type.Optional(moment('Only requests started before this moment, by the time in their ids.')),
    }),
    success: {
      status: 200,
      schema: Type.String(),
      description: 'One JSON object a line.',
      mediaType: 'application/x-ndjson',
    },
    errors: [],
    examples: { response: examples.exportLines },
  }),
} as const;
