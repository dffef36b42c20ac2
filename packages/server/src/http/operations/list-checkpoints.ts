import type { Handler } from '../handler.ts';

export const listCheckpoints: Handler<'listCheckpoints'> = async ({ integrity }, { query }) => {
  const { rows, next } = await integrity.checkpoints({ limit: query.limit, cursor: query.cursor ?? null });
  return { body: rows, next };
};
