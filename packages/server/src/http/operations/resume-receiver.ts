import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const resumeReceiver: Handler<'resumeReceiver'> = async ({ receivers }, { body, caller }) => ({
  body: await receivers.resume(body.receiver, actorOf(caller)),
});
