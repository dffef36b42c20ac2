import type { Handler } from '../handler.ts';

export const listSecrets: Handler<'listSecrets'> = async ({ secrets }) => ({ body: await secrets.list() });
