import type { Handler } from '../handler.ts';

export const simulate: Handler<'simulate'> = async ({ policies }, { params, body }) => ({
  body: await policies.simulate(params.policy_key, params.version, {
    context: body.context ?? {},
    requester: body.requester ?? null,
  }),
});
