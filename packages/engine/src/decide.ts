import { isPending } from './approval.ts';
import type { DecideCommand, Verdict } from './command.ts';
import { type Draft, progressOf, stageOf } from './draft.ts';
import { dutiesConflict, ended, findTask, noSuchTask, notAssignee, refuse } from './refusal.ts';
import { settle } from './settlement.ts';
import { castVote } from './vote.ts';

/**
 * Records a decision and lets the stage settle. An expired task can still be decided while its stage is open. A later
 * stage whose people cannot be found does not undo the decision.
 */
export function decide(draft: Draft, command: DecideCommand): Verdict {
  const task = findTask(draft, command.task_id);
  if (!task) return noSuchTask(command.task_id);
  const notTheirs = notAssignee(task, command.by);
  if (notTheirs) return notTheirs;
  const duties = dutiesConflict(draft, task, command.by.id);
  if (duties) return refuse('forbidden', `${duties}. Somebody else has to decide.`);
  const over = ended(draft.request);
  if (over) return over;
  const stage = stageOf(draft, task.stage_id);
  if (!isPending(task) || progressOf(draft, stage).status !== 'open') {
    const state = isPending(task) ? 'of a stage that has ended' : task.status;
    return refuse('conflict', `Task ${task.id} is ${state}; it cannot be decided (again).`);
  }
  castVote(draft, task, {
    action: command.action,
    actor: command.by.id,
    comment: command.comment,
    attachments_ref: command.attachments_ref,
  });
  if (task.kind === 'observer') return null;
  const needs = settle(draft, stage);
  return needs ? { kind: 'needs', needs } : null;
}
