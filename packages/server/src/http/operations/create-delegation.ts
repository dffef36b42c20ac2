import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const createDelegation: Handler<'createDelegation'> = async ({ delegations }, { body, caller }) => ({
  body: await delegations.create(body, actorOf(caller)),
});
