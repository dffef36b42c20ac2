import { actorOf } from '../actor.ts';
import { instantOf } from '../date-time.ts';
import type { Handler } from '../handler.ts';

export const replayDeliveries: Handler<'replayDeliveries'> = async ({ deliveries }, { body, caller }) => {
  const { receiver = null, since, until, statuses = ['exhausted'], dry_run = false } = body;
  const filters = { receiver, since: instantOf(since), until: instantOf(until), statuses };
  const replayed = await deliveries.replay(filters, dry_run, actorOf(caller));
  return { body: { replayed, dry_run } };
};
