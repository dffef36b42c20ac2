import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const deactivate: Handler<'deactivate'> = async ({ policies }, { params, caller }) => ({
  body: await policies.deactivate(params.policy_key, params.version, actorOf(caller)),
});
