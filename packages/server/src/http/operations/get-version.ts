import type { Handler } from '../handler.ts';

export const getVersion: Handler<'getVersion'> = async ({ policies }, { params }) => ({
  body: await policies.getVersion(params.policy_key, params.version),
});
