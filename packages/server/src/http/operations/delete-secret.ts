import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const deleteSecret: Handler<'deleteSecret'> = async ({ secrets }, { params, caller }) => {
  await secrets.remove(params.secret_id, actorOf(caller));
  return { body: null };
};
