import type { Handler } from '../handler.ts';

export const listAudit: Handler<'listAudit'> = async ({ queries }, { query }) => {
  const { rows, next } = await queries.listAudit({
    actor: query.actor ?? null,
    action: query.action ?? null,
    resource_type: query.resource_type ?? null,
    resource_id: query.resource_id ?? null,
    since: query.since === undefined ? null : new Date(query.since).toISOString(),
    until: query.until === undefined ? null : new Date(query.until).toISOString(),
    limit: query.limit,
    cursor: query.cursor ?? null,
  });
  return { body: rows, next };
};
