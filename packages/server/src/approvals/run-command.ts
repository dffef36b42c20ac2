import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from '@awe/engine/command';
import { execute } from '@awe/engine/execute';
import { auditEntry, type Doer } from '../audit/admin.ts';
import { AweError } from '../awe-error.ts';
import { linksOf } from '../integrity/event-chain.ts';
import type { ApprovalKey, Loaded } from '../ledger/load.ts';
import { type Decided, nobodyKnown, notBefore, toError } from './deciding.ts';
import type { DeedOf } from './deeds.ts';
import { newer, type RequestLanes } from './request-lane.ts';
import type { ApprovalServices } from './services.ts';

/** Other replicas may be faster this often before the caller is told to come back. */
const MOST_CONFLICTS = 50;
const LONGEST_JITTER_MS = 20;

export type Ran = Exclude<Decided, { kind: 'refused' }>;
export type Changed = Extract<Ran, { kind: 'changed' }>;

/** An admin's command, and what the audit log is to say of it. */
export type Audited = { by: Doer; deedOf: DeedOf };

/**
 * Load, decide, commit; again when another replica's commit came first. A refusal is thrown and is never older than
 * the call: the state it rests on was loaded after the call came in.
 */
export async function runCommand(
  services: ApprovalServices,
  lanes: RequestLanes,
  key: ApprovalKey,
  command: Command,
  audited: Audited | null = null,
): Promise<Ran> {
  const loaded = await loadOrFail(services, key);
  return lanes(loaded.request.id, async (lane) => {
    let approval = newer(loaded, lane.latest);
    const policy = await services.policyById(approval.request.policy_id);
    const known = nobodyKnown();
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
      const state = approval;
      const now = () => notBefore(services.clock.now(), state);
      const setting = { policy, context: state.request.context, now, known };
      const outcome = await services.decide((world) => execute(state, command, world), setting, services);
      lane.latest = state;
      if (outcome.kind === 'refused') throw toError(outcome.refusal);
      if (outcome.kind === 'unchanged') return outcome;
      const { changes } = outcome;
      const links = linksOf(changes, state.head);
      const leaseEnd = services.leaseFor(changes);
      const deed = audited?.deedOf(state, outcome);
      const audit = audited && deed ? auditEntry(audited.by, deed, services.clock) : null;
      const changeSet = { changes, links, audit, answer: null, now: services.clock.now(), leaseEnd };
      if (await services.commit(changeSet)) {
        lane.latest = { ...outcome.approval, head: links.at(-1) ?? state.head };
        services.committed(changes, leaseEnd);
        return outcome;
      }
      await wait(Math.random() * Math.min(LONGEST_JITTER_MS, conflicts));
      approval = await loadOrFail(services, key);
    }
    throw new AweError(
      'overloaded',
      `Request ${approval.request.id} is being changed by too many at once. Nothing was written; try again.`,
    );
  });
}

async function loadOrFail(services: ApprovalServices, key: ApprovalKey): Promise<Loaded> {
  const approval = await services.load(key);
  if (approval) return approval;
  throw key.by === 'task'
    ? new AweError('task_not_found', `There is no task ${JSON.stringify(key.id)}.`)
    : new AweError('request_not_found', `There is no request ${JSON.stringify(key.id)}.`);
}
