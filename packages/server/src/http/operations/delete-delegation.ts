import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const deleteDelegation: Handler<'deleteDelegation'> = async ({ delegations }, { params, caller }) => {
  await delegations.remove(params.delegation_id, actorOf(caller));
  return { body: null };
};
