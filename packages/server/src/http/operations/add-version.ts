import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';
import { warningsHeader } from '../warnings-header.ts';

export const addVersion: Handler<'addVersion'> = async ({ policies }, { params, body, caller }) => {
  const { policy, warnings } = await policies.addVersion(params.policy_key, body, actorOf(caller));
  return { body: policy, headers: warningsHeader(warnings) };
};
