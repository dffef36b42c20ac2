import type { Handler } from '../handler.ts';
import { warningsHeader } from '../warnings-header.ts';

export const addVersion: Handler<'addVersion'> = async ({ policies }, { params, body, caller }) => {
  const { policy, warnings } = await policies.addVersion(params.policy_key, body, caller.subject);
  return { body: policy, headers: warningsHeader(warnings) };
};
