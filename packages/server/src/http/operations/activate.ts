import type { Handler } from '../handler.ts';
import { warningsHeader } from '../warnings-header.ts';

export const activate: Handler<'activate'> = async ({ policies }, { params }) => {
  const { policy, warnings } = await policies.activate(params.policy_key, params.version);
  return { body: policy, headers: warningsHeader(warnings) };
};
