import type { Handler } from '../handler.ts';

export const checkpoint: Handler<'checkpoint'> = async ({ integrity }) => ({
  body: await integrity.checkpoint(),
});
