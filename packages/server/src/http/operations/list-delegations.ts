import type { Handler } from '../handler.ts';

export const listDelegations: Handler<'listDelegations'> = async ({ delegations }, { query }) => ({
  body: await delegations.list(query.user_id ?? null),
});
