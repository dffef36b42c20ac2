import type { Command } from '@awe/engine/command';
import { isUnavailable } from '../ledger/database-failure.ts';
import type { ApprovalKey } from '../ledger/load.ts';
import type { Approvals } from './approvals.ts';
import { createApproval } from './create-approval.ts';
import { cancellation, decision as decisionFor, reassignment } from './deeds.ts';
import { createRequestLanes } from './request-lane.ts';
import { type Audited, type Changed, runCommand } from './run-command.ts';
import type { ApprovalServices } from './services.ts';

export function createApprovals(services: ApprovalServices): Approvals {
  const lanes = createRequestLanes(isUnavailable);
  const run = (key: ApprovalKey, command: Command, audited?: Audited) =>
    runCommand(services, lanes, key, command, audited);
  const change = async (key: ApprovalKey, command: Command, audited?: Audited): Promise<Changed> => {
    const ran = await run(key, command, audited);
    if (ran.kind === 'unchanged') throw new Error(`a ${command.type} command changed nothing`);
    return ran;
  };
  const onTask = (id: string): ApprovalKey => ({ by: 'task', id });

  return {
    create: (subject, request) => createApproval(services, subject, request),
    claim: async (taskId, by) =>
      present((await change(onTask(taskId), { type: 'claim', task_id: taskId.toLowerCase(), by })).task),
    decide: async (taskId, by, decision) => {
      const task_id = taskId.toLowerCase();
      const command = { type: 'decide', task_id, by, ...decision } as const;
      return present((await change(onTask(taskId), command, { by, deedOf: decisionFor(task_id) })).decision);
    },
    reassign: async (taskId, by, to) => {
      const task_id = taskId.toLowerCase();
      const command = { type: 'reassign', task_id, by, ...to } as const;
      const deedOf = reassignment(task_id, to.reason);
      return present((await change(onTask(taskId), command, { by, deedOf })).task);
    },
    cancel: async (requestId, by, why) => {
      const command = { type: 'cancel', by, ...why } as const;
      const audited = { by, deedOf: cancellation(why) };
      return (await change({ by: 'request', id: requestId }, command, audited)).approval.request;
    },
    tick: async (requestId, force = false, audited = undefined) =>
      (await run({ by: 'request', id: requestId }, { type: 'tick', force }, audited)).kind === 'changed',
  };
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('the engine changed an approval without naming what it changed');
  return value;
}
