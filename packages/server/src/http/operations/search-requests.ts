import type { Handler } from '../handler.ts';

export const searchRequests: Handler<'searchRequests'> = async ({ queries }, { query }) => {
  const { rows, next } = await queries.searchRequests({
    artifact_type: query.artifact_type ?? null,
    artifact_id: query.artifact_id ?? null,
    status: query.status ?? null,
    limit: query.limit,
    cursor: query.cursor ?? null,
  });
  return { body: rows, next };
};
