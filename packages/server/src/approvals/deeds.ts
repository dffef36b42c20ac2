import type { Approval, Task } from '@awe/engine/approval';
import type { AdminDeed } from '../audit/admin.ts';
import type { Changed } from './run-command.ts';
import { requestOut, taskOut } from './wire.ts';

/** What the audit log is to say of a command once it is known what it did; null: nothing, it was no admin's deed. */
export type DeedOf = (before: Approval, ran: Changed) => AdminDeed | null;

export const cancellation =
  (why: { reason: string | null; requested_by: string | null }): DeedOf =>
  (before, { approval }) => ({
    action: 'request.cancel',
    resource_type: 'request',
    resource_id: approval.request.id,
    summary: `Cancelled the request about ${approval.request.artifact_type} ${approval.request.artifact_id}`,
    before: withoutContext(before),
    after: withoutContext(approval),
    metadata: { ...why },
  });

export const reassignment =
  (taskId: string, reason: string | null): DeedOf =>
  (before, { approval, task }) => {
    const from = taskIn(before, taskId);
    return {
      action: 'task.reassign',
      resource_type: 'task',
      resource_id: from.id,
      summary: `Reassigned the task of ${from.assignee} to ${task?.assignee}`,
      before: taskOut(from),
      after: { ...taskOut(taskIn(approval, taskId)), reassigned_to: task && taskOut(task) },
      metadata: { request_id: approval.request.id, reason },
    };
  };

/** Only where somebody decided who is not the one that was asked. */
export const decision =
  (taskId: string): DeedOf =>
  (before, { approval, decision }) => {
    const asked = taskIn(before, taskId);
    if (decision === null || decision.actor === asked.assignee) return null;
    const { id: decision_id, action, comment } = decision;
    return {
      action: 'task.decide_on_behalf',
      resource_type: 'task',
      resource_id: asked.id,
      summary: `Decided ${action} on behalf of ${asked.assignee}`,
      before: taskOut(asked),
      after: taskOut(taskIn(approval, taskId)),
      metadata: {
        request_id: approval.request.id,
        decision_id,
        action,
        on_behalf_of: asked.assignee,
        comment,
      },
    };
  };

function taskIn({ request, tasks }: Approval, id: string): Task {
  const task = tasks.find((each) => each.id === id);
  if (!task) throw new Error(`request ${request.id} has no task ${id}`);
  return task;
}

/** The context never changes and may be large: the request itself has it. */
function withoutContext({ request }: Approval) {
  const { context: _, ...rest } = requestOut(request);
  return rest;
}
