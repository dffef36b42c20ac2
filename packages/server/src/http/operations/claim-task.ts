import { taskOut } from '../../approvals/wire.ts';
import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const claimTask: Handler<'claimTask'> = async ({ approvals }, { params, caller }) => ({
  body: taskOut(await approvals.claim(params.task_id, actorOf(caller))),
});
