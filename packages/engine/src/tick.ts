import { activateFrom, groupIndexOf } from './activation.ts';
import { isEnded, isOpen, type StageProgress } from './approval.ts';
import { escalate } from './breach.ts';
import type { TickCommand, Verdict } from './command.ts';
import { changeTask, type Draft, emit, stageOf } from './draft.ts';
import { mergeNeeds, type Needs } from './people.ts';
import { settleAll } from './settlement.ts';

/**
 * Lets time act: due approver tasks expire, stages whose pending people are all past due breach, and lookups that
 * failed are tried again when their next attempt is due (`force`: now). Safe to call at any time, any number of times.
 */
export function tick(draft: Draft, command: TickCommand): Verdict {
  if (isEnded(draft.request.status)) return null;
  // Taken before anything happens: what fails for the first time in this tick waits for its own next attempt.
  const due = draft.stages.filter(
    (each) => each.next_attempt_at !== null && (command.force || each.next_attempt_at <= draft.now),
  );
  expireDueTasks(draft);
  const needs = settleAll(draft) ?? retryEscalations(draft, due) ?? retryActivation(draft, due);
  return needs ? { kind: 'needs', needs } : null;
}

function expireDueTasks(draft: Draft): void {
  for (const task of draft.tasks) {
    if (task.kind !== 'approver' || !isOpen(task) || task.due_at === null || task.due_at > draft.now)
      continue;
    changeTask(draft, task, { status: 'expired' });
    emit(draft, {
      type: 'task_expired',
      stageOrder: task.stage_order,
      payload: { task_id: task.id, assignee: task.assignee, due_at: task.due_at },
    });
  }
}

function retryEscalations(draft: Draft, due: readonly StageProgress[]): Needs | null {
  const waiting = due.filter((each) => each.status === 'open' && each.escalation === 'due');
  const needs = mergeNeeds(waiting.map((each) => escalate(draft, stageOf(draft, each.stage_id), each)));
  return needs ?? settleAll(draft);
}

/** The stages of a group wait together, so the first of them stands for the group. */
function retryActivation(draft: Draft, due: readonly StageProgress[]): Needs | null {
  const waiting = due.find((each) => each.status === 'activating');
  return waiting ? activateFrom(draft, groupIndexOf(draft, stageOf(draft, waiting.stage_id))) : null;
}
