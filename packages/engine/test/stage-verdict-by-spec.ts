import type { Task } from '@awe/engine/approval';
import type { Stage } from '@awe/engine/policy';

/**
 * Section 4 of the specification once more, written down sentence by sentence and with people instead of counters, so
 * that the engine's evaluator is held against something that was not copied from it. `tasks` are one stage's.
 */
export function verdictBySpec(
  stage: Stage,
  atActivation: { needed: number; asked: number },
  tasks: readonly Task[],
): 'open' | 'approved' | 'rejected' {
  const seats = tasks.filter((task) => task.kind === 'approver' && task.status !== 'reassigned');
  const people = (which: (task: Task) => boolean) =>
    new Set(seats.filter(which).map((task) => task.assignee)).size;
  const everybody = people(() => true);
  const approvals = people((task) => task.action === 'approve');
  const undecided = people((task) => task.action === null);
  const abstained = people((task) => task.action === 'abstain');

  if (stage.on_reject === 'veto' && people((task) => task.action === 'reject') > 0) return 'rejected';
  const requiredSeats = seats.filter((task) => task.required);
  if (requiredSeats.some((task) => task.action === 'reject' || task.action === 'abstain')) return 'rejected';

  let needed = atActivation.needed;
  if (stage.mode === 'all') {
    if (abstained === everybody) return 'rejected';
    const askedAndLeft = people((task) => task.action === 'abstain' && !task.escalated);
    needed = Math.max(1, atActivation.asked - askedAndLeft);
  }
  if (approvals >= needed && requiredSeats.every((task) => task.action === 'approve')) return 'approved';
  return approvals + undecided < needed ? 'rejected' : 'open';
}

/** The specification's table of needed approvals; the percentage as a search for the smallest number that is enough. */
export function neededBySpec({ mode, mode_value }: Stage, approvers: number): number {
  if (mode === 'all') return approvers;
  if (mode !== 'percentage') return mode_value ?? 1;
  let needed = 1;
  while (needed * 100 < (mode_value ?? 100) * approvers) needed += 1;
  return needed;
}
