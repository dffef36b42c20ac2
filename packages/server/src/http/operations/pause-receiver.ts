import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const pauseReceiver: Handler<'pauseReceiver'> = async ({ receivers }, { body, caller }) => ({
  body: await receivers.pause(body.receiver, body.reason ?? null, actorOf(caller)),
});
