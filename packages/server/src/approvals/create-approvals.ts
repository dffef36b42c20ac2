import type { Command } from '@awe/engine/command';
import { isUnavailable } from '../ledger/database-failure.ts';
import type { ApprovalKey } from '../ledger/load.ts';
import type { Approvals } from './approvals.ts';
import { createApproval } from './create-approval.ts';
import { createRequestLanes } from './request-lane.ts';
import { type Ran, runCommand } from './run-command.ts';
import type { ApprovalServices } from './services.ts';

type Changed = Extract<Ran, { kind: 'changed' }>;

export function createApprovals(services: ApprovalServices): Approvals {
  const lanes = createRequestLanes(isUnavailable);
  const run = (key: ApprovalKey, command: Command) => runCommand(services, lanes, key, command);
  const change = async (key: ApprovalKey, command: Command): Promise<Changed> => {
    const ran = await run(key, command);
    if (ran.kind === 'unchanged') throw new Error(`a ${command.type} command changed nothing`);
    return ran;
  };
  const onTask = (id: string): ApprovalKey => ({ by: 'task', id });

  return {
    create: (subject, request) => createApproval(services, subject, request),
    claim: async (taskId, by) =>
      present((await change(onTask(taskId), { type: 'claim', task_id: taskId.toLowerCase(), by })).task),
    decide: async (taskId, by, decision) =>
      present(
        (await change(onTask(taskId), { type: 'decide', task_id: taskId.toLowerCase(), by, ...decision }))
          .decision,
      ),
    reassign: async (taskId, by, to) =>
      present(
        (await change(onTask(taskId), { type: 'reassign', task_id: taskId.toLowerCase(), by, ...to })).task,
      ),
    cancel: async (requestId, by, why) =>
      (await change({ by: 'request', id: requestId }, { type: 'cancel', by, ...why })).approval.request,
    tick: async (requestId, force = false) =>
      (await run({ by: 'request', id: requestId }, { type: 'tick', force })).kind === 'changed',
  };
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('the engine changed an approval without naming what it changed');
  return value;
}
