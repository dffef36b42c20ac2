import type { Handler } from '../handler.ts';

export const deactivate: Handler<'deactivate'> = async ({ policies }, { params }) => ({
  body: await policies.deactivate(params.policy_key, params.version),
});
