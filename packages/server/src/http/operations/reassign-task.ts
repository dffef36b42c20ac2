import { taskOut } from '../../approvals/wire.ts';
import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const reassignTask: Handler<'reassignTask'> = async ({ approvals }, { params, body, caller }) => {
  const task = await approvals.reassign(params.task_id, actorOf(caller), {
    new_assignee: body.new_assignee,
    reason: body.reason ?? null,
  });
  return { body: taskOut(task) };
};
