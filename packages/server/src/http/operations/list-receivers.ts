import type { Handler } from '../handler.ts';

export const listReceivers: Handler<'listReceivers'> = async ({ receivers }, { query }) => {
  const { rows, next } = await receivers.list({ limit: query.limit, cursor: query.cursor ?? null });
  return { body: rows, next };
};
