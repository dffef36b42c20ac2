import type { Handler } from '../handler.ts';
import { warningsHeader } from '../warnings-header.ts';

export const editDraft: Handler<'editDraft'> = async ({ policies }, { params, body }) => {
  const { policy, warnings } = await policies.editDraft(params.policy_key, params.version, body);
  return { body: policy, headers: warningsHeader(warnings) };
};
