import { excludedAt } from './activation.ts';
import { type ApprovalRequest, isEnded, type Task } from './approval.ts';
import type { Actor, Refusal } from './command.ts';
import { type Draft, stageOf } from './draft.ts';

export type Refused = { kind: 'refused'; refusal: Refusal };

export function refuse(code: Refusal['code'], message: string): Refused {
  return { kind: 'refused', refusal: { code, message } };
}

/** The task of a command, which the caller found by the same id when it loaded the approval. */
export function findTask(draft: Draft, taskId: string): Task | null {
  return draft.tasks.find((task) => task.id === taskId) ?? null;
}

export function noSuchTask(taskId: string): Refused {
  return refuse('missing', `There is no task ${taskId}.`);
}

/** Only the assignee or an admin may act on a task. */
export function notAssignee(task: Task, by: Actor): Refused | null {
  if (by.isAdmin || by.id === task.assignee) return null;
  return refuse(
    'forbidden',
    `Task ${task.id} is assigned to somebody else. Ask an admin to reassign it, or act with the assignee's token.`,
  );
}

export function ended(request: ApprovalRequest): Refused | null {
  if (!isEnded(request.status)) return null;
  return refuse(
    'conflict',
    `Request ${request.id} is ${request.status} already; nothing about it can change.`,
  );
}

/** Why the policy's separation of duties keeps `person` out of this task's stage, or null. Observers are not concerned. */
export function dutiesConflict(draft: Draft, task: Task, person: string): string | null {
  if (task.kind === 'observer') return null;
  if (!excludedAt(draft, stageOf(draft, task.stage_id)).has(person)) return null;
  return draft.policy.forbid_self_approval && person === draft.request.requester
    ? `${person} requested this and may not decide on it (forbid_self_approval)`
    : `${person} approved an earlier stage of this request and may not decide on this one (forbid_repeat_approvers)`;
}
