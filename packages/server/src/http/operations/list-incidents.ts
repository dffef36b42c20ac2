import type { Handler } from '../handler.ts';

export const listIncidents: Handler<'listIncidents'> = async ({ incidents }, { query }) => ({
  body: await incidents.list({ kind: query.kind ?? null, limit: query.limit }),
});
