import type { Client, Schemas } from '@awe/client';
import { CliFailure } from '../failure.ts';
import { everyOne } from '../listing.ts';

/** The states in which a task can be decided: who is late is not locked out. */
export const UNDECIDED = 'open,claimed,expired';

/**
 * The one task of `assignee` on a request that can still be decided and counts.
 * @throws CliFailure when there is none, or more than one, which it then names
 */
export async function onlyTask(
  awe: Client,
  { request, assignee, signal }: { request: string; assignee: string; signal: AbortSignal },
): Promise<Schemas['TaskOut']> {
  const query = { assignee, request_id: request, status: UNDECIDED, limit: 500 };
  const found = await everyOne(awe.pages.listTasks({ query, signal }));
  const counting = found.filter(({ kind }) => kind !== 'observer');
  const [task, ...others] = counting.length > 0 ? counting : found;
  const who = assignee === 'me' ? 'You have' : `${assignee} has`;
  if (task === undefined) {
    throw new CliFailure(
      `${who} no task to decide on request ${request}. Who has: awe task list --request ${request} --assignee '*'`,
    );
  }
  if (others.length > 0) {
    const ids = [task, ...others].map(({ id, stage_order }) => `${id} (stage ${stage_order})`);
    throw new CliFailure(
      `${who} ${ids.length} tasks on request ${request}; name one of them: ${ids.join(', ')}.`,
    );
  }
  return task;
}
