import type { Handler } from '../handler.ts';

export const createRequest: Handler<'createRequest'> = async ({ approvals }, { body, headers, caller }) => {
  const key = headers['Idempotency-Key'] ?? null;
  const created = await approvals.create(caller.subject, {
    policy_key: body.policy_key,
    artifact_type: body.artifact_type,
    artifact_id: body.artifact_id,
    context: body.context ?? {},
    callback_url: body.callback_url ?? null,
    callback_secret_id: body.callback_secret_id ?? null,
    requester: body.requester ?? null,
    idempotency: key === null ? null : { key, body },
  });
  return { text: created.body };
};
