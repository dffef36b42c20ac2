import type { Handler } from '../handler.ts';

export const config: Handler<'config'> = async ({ visibleConfig }) => ({ body: visibleConfig() });
