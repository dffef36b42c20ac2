import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';
import { warningsHeader } from '../warnings-header.ts';

export const activate: Handler<'activate'> = async ({ policies }, { params, caller }) => {
  const by = actorOf(caller);
  const { policy, warnings } = await policies.activate(params.policy_key, params.version, by);
  return { body: policy, headers: warningsHeader(warnings) };
};
