import type { Handler } from '../handler.ts';

export const exportLog: Handler<'exportLog'> = async ({ integrity }, { query }) => ({
  lines: integrity.exportText({
    since: query.since === undefined ? null : new Date(query.since).toISOString(),
    until: query.until === undefined ? null : new Date(query.until).toISOString(),
  }),
});
