import type { Handler } from '../handler.ts';

export const getOverview: Handler<'getOverview'> = async ({ overview }) => ({ body: await overview() });
