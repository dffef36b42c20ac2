import { createHash } from 'node:crypto';
import type { Approval } from '@awe/engine/approval';
import { create } from '@awe/engine/create';
import type { Policy } from '@awe/engine/policy';
import canonicalize from 'canonicalize';
import { AweError } from '../awe-error.ts';
import { linksOf } from '../integrity/event-chain.ts';
import type { Created, NewRequest } from './approvals.ts';
import { nobodyKnown, toError } from './deciding.ts';
import type { ApprovalServices } from './services.ts';
import { taskOut } from './wire.ts';

/**
 * Creates a request under the active version of its policy. An idempotency key that was used before replays its first
 * answer; two equal calls in the same moment meet at the key, and the slower one gets the faster one's answer.
 */
export async function createApproval(
  services: ApprovalServices,
  subject: string,
  given: NewRequest,
): Promise<Created> {
  const key = given.idempotency && {
    subject,
    key: given.idempotency.key,
    body_hash: hashOf(given.idempotency.body),
  };
  const replay = await replayOf(services, key);
  if (replay) return replay;

  const policy = await activePolicy(services, given.policy_key);
  await checkCallback(services, given);
  const command = {
    type: 'create',
    source_service: subject,
    artifact_type: given.artifact_type,
    artifact_id: given.artifact_id,
    requester: given.requester ?? subject,
    context: given.context,
    callback_url: given.callback_url,
    callback_secret_id: given.callback_secret_id?.toLowerCase() ?? null,
  } as const;
  const { clock } = services;
  // The id of the moment, as the time is, so that requests sort alike by both, however long their people were looked for.
  const outcome = await services.decide(
    (world) => create({ ...command, id: clock.newId() }, world),
    { policy, context: given.context, now: clock.now, known: nobodyKnown() },
    services,
  );
  if (outcome.kind === 'refused') throw toError(outcome.refusal);
  if (outcome.kind === 'unchanged') throw new Error('a creation always changes something');

  const body = JSON.stringify(createdBody(outcome.approval));
  const answer = key && { ...key, response: body };
  const leaseEnd = services.leaseFor(outcome.changes);
  const { changes } = outcome;
  const links = linksOf(changes, null);
  const won = await services.commit({ changes, links, audit: null, answer, now: clock.now(), leaseEnd });
  if (won) {
    services.committed(outcome.changes, leaseEnd);
    return { requestId: outcome.approval.request.id, body, replayed: false };
  }
  const first = await replayOf(services, key);
  if (first) return first;
  const { id } = outcome.approval.request;
  throw new Error(`request ${id} was not written, and its idempotency key is free`);
}

/** The 201 of the contract: the request and the tasks of the stages that were just activated. */
function createdBody({ request, tasks }: Approval) {
  return {
    request_id: request.id,
    status: request.status,
    current_stage_order: request.current_stage_order,
    tasks: tasks.map(taskOut),
  };
}

/** Two bodies are the same when their canonical JSON (RFC 8785) is. */
function hashOf(body: unknown): string {
  return createHash('sha256')
    .update(canonicalize(body) ?? '')
    .digest('hex');
}

async function replayOf(
  services: ApprovalServices,
  wanted: { subject: string; key: string; body_hash: string } | null,
): Promise<Created | null> {
  if (wanted === null) return null;
  const first = await services.findAnswer(wanted.subject, wanted.key);
  if (!first) return null;
  if (first.body_hash !== wanted.body_hash) {
    throw new AweError(
      'idempotency_conflict',
      `Idempotency-Key "${wanted.key}" was used for request ${first.request_id} with a different body. Use a new key for a new request, or repeat the first body unchanged.`,
    );
  }
  return { requestId: first.request_id, body: first.response, replayed: true };
}

async function activePolicy(services: ApprovalServices, policyKey: string): Promise<Policy> {
  const id = await services.activeVersionId(policyKey);
  if (id === null) {
    throw new AweError(
      'policy_not_found',
      `policy_key "${policyKey}" has no active version. Activate one, or correct the key.`,
    );
  }
  return services.policyById(id);
}

async function checkCallback(services: ApprovalServices, given: NewRequest): Promise<void> {
  if (given.callback_url !== null) {
    const fault = services.callbackUrlFault(given.callback_url);
    if (fault !== null) throw new AweError('cannot_start', `callback_url cannot be called: ${fault}`);
  }
  const secret = given.callback_secret_id;
  if (secret !== null && !(await services.callbackSecretExists(secret))) {
    throw new AweError(
      'cannot_start',
      `callback_secret_id "${secret}" is not a callback secret of this deployment. Leave it out to sign with the default secret.`,
    );
  }
}
