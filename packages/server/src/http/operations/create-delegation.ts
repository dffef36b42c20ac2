import type { Handler } from '../handler.ts';

export const createDelegation: Handler<'createDelegation'> = async ({ delegations }, { body, caller }) => ({
  body: await delegations.create(body, caller.subject),
});
