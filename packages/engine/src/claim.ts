import type { ClaimCommand, Verdict } from './command.ts';
import { changeTask, type Draft, emit } from './draft.ts';
import { ended, findTask, noSuchTask, notAssignee, refuse } from './refusal.ts';

/** Marks the intent to act. It stops nothing and nobody: a claimed task is decided like an open one. */
export function claim(draft: Draft, command: ClaimCommand): Verdict {
  const task = findTask(draft, command.task_id);
  if (!task) return noSuchTask(command.task_id);
  const refused = notAssignee(task, command.by) ?? ended(draft.request);
  if (refused) return refused;
  if (task.status !== 'open')
    return refuse('conflict', `Task ${task.id} is ${task.status}; only an open task can be claimed.`);
  changeTask(draft, task, { status: 'claimed', claimed_at: draft.now });
  emit(draft, {
    type: 'task_claimed',
    stageOrder: task.stage_order,
    actor: command.by.id,
    payload: { task_id: task.id, assignee: task.assignee, actor: command.by.id },
  });
  return null;
}
