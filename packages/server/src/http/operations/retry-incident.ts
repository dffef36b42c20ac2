import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';

export const retryIncident: Handler<'retryIncident'> = async ({ incidents }, { params, caller }) => ({
  body: await incidents.retry(params.incident_id, actorOf(caller)),
});
