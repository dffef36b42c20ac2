import { taskOut } from '../../approvals/wire.ts';
import type { Handler } from '../handler.ts';

export const listTasks: Handler<'listTasks'> = async ({ queries }, { query, caller }) => {
  const { rows, next } = await queries.listTasks({
    assignee: assigneeOf(query.assignee ?? 'me', caller.subject),
    request_id: query.request_id ?? null,
    status: query.status ?? null,
    limit: query.limit,
    cursor: query.cursor ?? null,
  });
  return { body: rows.map(taskOut), next };
};

/** `me` is the caller, `*` is everybody, anything else a user id. */
function assigneeOf(word: string, me: string): string | null {
  if (word === '*') return null;
  return word === 'me' ? me : word;
}
