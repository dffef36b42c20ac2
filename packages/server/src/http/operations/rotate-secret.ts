import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const rotateSecret: Handler<'rotateSecret'> = async ({ secrets }, { params, body, caller }) => ({
  body: await secrets.rotate(params.secret_id, body, actorOf(caller)),
});
