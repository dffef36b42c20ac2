import type { Handler } from '../handler.ts';

export const listVersions: Handler<'listVersions'> = async ({ policies }, { params }) => ({
  body: await policies.listVersions(params.policy_key),
});
