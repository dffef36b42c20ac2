import type { Handler } from '../handler.ts';

export const listPolicies: Handler<'listPolicies'> = async ({ policies }) => ({
  body: await policies.list(),
});
