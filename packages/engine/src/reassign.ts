import { isPending } from './approval.ts';
import type { ReassignCommand, Verdict } from './command.ts';
import { addTask, changeTask, type Draft, emit, progressOf, stageOf, tasksOf } from './draft.ts';
import { hoursAfter } from './instant.ts';
import { dutiesConflict, ended, findTask, noSuchTask, refuse } from './refusal.ts';
import { settle } from './settlement.ts';
import { userIdFault } from './user-id.ts';

/** Gives a pending seat to another person. The seat keeps its required mark and its due time; a missed one starts anew. */
export function reassign(draft: Draft, command: ReassignCommand): Verdict {
  const task = findTask(draft, command.task_id);
  if (!task) return noSuchTask(command.task_id);
  const over = ended(draft.request);
  if (over) return over;
  const stage = stageOf(draft, task.stage_id);
  if (!isPending(task) || progressOf(draft, stage).status !== 'open')
    return refuse('conflict', `Task ${task.id} is ${task.status}; only an undecided task can be reassigned.`);
  const { new_assignee } = command;
  const fault = userIdFault(new_assignee);
  if (fault !== null) return refuse('conflict', `new_assignee ${fault}; the task must go to somebody.`);
  if (new_assignee === task.assignee)
    return refuse('conflict', `Task ${task.id} is assigned to ${new_assignee} already.`);
  const holders = tasksOf(draft, stage).filter((each) => each.status !== 'reassigned');
  if (holders.some((each) => each.assignee === new_assignee))
    return refuse('conflict', `${new_assignee} already has a task on this stage; one person has one vote.`);
  const duties = dutiesConflict(draft, task, new_assignee);
  if (duties) return refuse('conflict', `${duties}. Choose somebody else.`);

  // Past due is missed, whether or not the clock's own command has come by to say so.
  const missed = task.due_at !== null && task.due_at <= draft.now && stage.sla_hours !== null;
  const dueAt = missed ? hoursAfter(draft.now, stage.sla_hours ?? 0) : task.due_at;
  changeTask(draft, task, { status: 'reassigned' });
  const added = addTask(draft, {
    stage_id: task.stage_id,
    stage_order: task.stage_order,
    assignee: new_assignee,
    kind: task.kind,
    required: task.required,
    escalated: task.escalated,
    delegated_from: null,
    reassigned_from: task.assignee,
    due_at: dueAt,
  });
  emit(draft, {
    type: 'task_reassigned',
    stageOrder: task.stage_order,
    actor: command.by.id,
    payload: {
      task_id: task.id,
      new_task_id: added.id,
      from: task.assignee,
      to: new_assignee,
      actor: command.by.id,
      ...(command.reason === null ? {} : { reason: command.reason }),
    },
  });
  const needs = settle(draft, stage);
  return needs ? { kind: 'needs', needs } : null;
}
