import type { ApprovalRequest, Decision, Task } from '@awe/engine/approval';

/** A task as its readers see it: without what only the engine needs. */
export function taskOut(task: Task) {
  return {
    id: task.id,
    request_id: task.request_id,
    stage_id: task.stage_id,
    stage_order: task.stage_order,
    assignee: task.assignee,
    kind: task.kind,
    delegated_from: task.delegated_from,
    reassigned_from: task.reassigned_from,
    status: task.status,
    claimed_at: task.claimed_at,
    completed_at: task.completed_at,
    due_at: task.due_at,
    decision_id: task.decision_id,
    created_at: task.created_at,
  };
}

export function requestOut(request: ApprovalRequest) {
  const { callback_secret_id: _secret, sequence: _sequence, revision: _revision, ...shown } = request;
  return shown;
}

export function decisionOut(decision: Decision) {
  return decision;
}
