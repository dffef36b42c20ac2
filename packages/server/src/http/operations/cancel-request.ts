import { requestOut } from '../../approvals/wire.ts';
import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const cancelRequest: Handler<'cancelRequest'> = async ({ approvals }, { params, body, caller }) => {
  const cancelled = await approvals.cancel(params.request_id, actorOf(caller), {
    reason: body.reason ?? null,
    requested_by: body.actor ?? null,
  });
  return { body: requestOut(cancelled) };
};
