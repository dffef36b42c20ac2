import { decisionOut } from '../../approvals/wire.ts';
import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const decide: Handler<'decide'> = async ({ approvals }, { params, body, caller }) => {
  const decision = await approvals.decide(params.task_id, actorOf(caller), {
    action: body.action,
    comment: body.comment ?? null,
    attachments_ref: body.attachments_ref ?? null,
  });
  return { body: decisionOut(decision) };
};
