import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';
import { warningsHeader } from '../warnings-header.ts';

export const createPolicy: Handler<'createPolicy'> = async ({ policies }, { body, caller }) => {
  const { policy, warnings } = await policies.create(body, actorOf(caller));
  return { body: policy, headers: warningsHeader(warnings) };
};
