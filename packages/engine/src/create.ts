import { activateFrom } from './activation.ts';
import { newApproval } from './approval.ts';
import type { CreateCommand, Outcome } from './command.ts';
import { closeDraft, emit, openDraft, type World } from './draft.ts';

/**
 * Starts a request under `world.policy`. Unlike a later stage, the first one must be resolved now: when a lookup fails
 * the creation is refused as `unavailable` and nothing exists.
 */
export function create(command: CreateCommand, world: World): Outcome {
  const { type: _, ...given } = command;
  const draft = openDraft(newApproval(given, world.policy, world.now), world);
  emit(draft, {
    type: 'request_created',
    stageOrder: null,
    actor: command.source_service,
    payload: {
      policy_key: world.policy.policy_key,
      policy_version: world.policy.version,
      requester: command.requester,
      source_service: command.source_service,
    },
  });
  const needs = activateFrom(draft, 0);
  if (needs) return { kind: 'needs', needs };
  const failed = draft.events.find((event) => event.event_type === 'stage_activation_failed');
  if (failed) {
    const message = `The approvers of stage ${failed.payload.stage_order} could not be resolved: ${failed.payload.reason}. Nothing was created; try again.`;
    return { kind: 'refused', refusal: { code: 'unavailable', message } };
  }
  const changes = closeDraft(draft);
  if (!changes) throw new Error('a creation always writes');
  const approval = { request: draft.request, stages: draft.stages, tasks: draft.tasks };
  return { kind: 'changed', changes, approval, task: null, decision: null };
}
