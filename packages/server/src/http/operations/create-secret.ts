import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const createSecret: Handler<'createSecret'> = async ({ secrets }, { body, caller }) => ({
  body: await secrets.create(body, actorOf(caller)),
});
