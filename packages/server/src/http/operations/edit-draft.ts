import { actorOf } from '../actor.ts';
import type { Handler } from '../handler.ts';
import { warningsHeader } from '../warnings-header.ts';

export const editDraft: Handler<'editDraft'> = async ({ policies }, { params, body, caller }) => {
  const { policy_key, version } = params;
  const { policy, warnings } = await policies.editDraft(policy_key, version, body, actorOf(caller));
  return { body: policy, headers: warningsHeader(warnings) };
};
