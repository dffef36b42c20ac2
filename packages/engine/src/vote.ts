import { type Action, SLA_MONITOR, type Task } from './approval.ts';
import { changeTask, type Draft, emit } from './draft.ts';

export type Vote = { action: Action; actor: string; comment: string | null; attachments_ref: string | null };

/**
 * Records a decision on a task and tells it. Whoever presses the button, the seat that is filled is the assignee's;
 * the event says so when the two differ, and whether the SLA had passed.
 */
export function castVote(draft: Draft, task: Task, vote: Vote): void {
  const id = draft.newId();
  const late = task.due_at !== null && draft.now >= task.due_at && vote.actor !== SLA_MONITOR;
  changeTask(draft, task, {
    status: 'completed',
    action: vote.action,
    decided_by: vote.actor,
    decision_id: id,
    completed_at: draft.now,
  });
  draft.decisions.push({
    id,
    request_id: task.request_id,
    task_id: task.id,
    stage_order: task.stage_order,
    actor: vote.actor,
    action: vote.action,
    comment: vote.comment,
    attachments_ref: vote.attachments_ref,
    created_at: draft.now,
  });
  emit(draft, {
    type: 'task_decided',
    stageOrder: task.stage_order,
    actor: vote.actor,
    payload: {
      task_id: task.id,
      decision_id: id,
      assignee: task.assignee,
      kind: task.kind,
      actor: vote.actor,
      action: vote.action,
      ...(vote.actor === task.assignee ? {} : { on_behalf_of: task.assignee }),
      ...(late ? { late: true } : {}),
      ...(vote.comment === null ? {} : { comment: vote.comment }),
      ...(vote.attachments_ref === null ? {} : { attachments_ref: vote.attachments_ref }),
    },
  });
}
