import type { Handler } from '../handler.ts';

export const deleteDelegation: Handler<'deleteDelegation'> = async ({ delegations }, { params, caller }) => {
  await delegations.remove(params.delegation_id, caller.subject);
  return { body: null };
};
