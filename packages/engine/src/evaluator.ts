import { isPending, type StageProgress, type Task } from './approval.ts';
import type { Stage } from './policy.ts';

export type RejectionReason =
  | 'rejected_by_approver'
  | 'required_rejected'
  | 'required_abstained'
  | 'no_effective_votes'
  | 'quorum_unreachable'
  | 'sla_breached';

export type Verdict = { kind: 'open' } | { kind: 'approved' } | { kind: 'rejected'; reason: RejectionReason };

const OPEN: Verdict = { kind: 'open' };
const APPROVED: Verdict = { kind: 'approved' };

/**
 * Where an open stage stands. `tasks` may hold anything of the stage: observers and reassigned tasks are left out here,
 * so that what remains is one seat a person and one vote a seat. The order of the questions is the specification's:
 * rejections, recusals of required seats, approval, and only then whether it can still be reached.
 */
export function evaluate(stage: Stage, progress: StageProgress, tasks: readonly Task[]): Verdict {
  const seats = tasks.filter((task) => task.kind === 'approver' && task.status !== 'reassigned');
  const votes = { approve: 0, reject: 0, abstain: 0 };
  const required = { approve: 0, reject: 0, abstain: 0, pending: 0 };
  let pending = 0;
  let askedAndAbstained = 0;
  for (const seat of seats) {
    if (seat.action !== null) votes[seat.action] += 1;
    else if (isPending(seat)) pending += 1;
    if (seat.action === 'abstain' && !seat.escalated) askedAndAbstained += 1;
    if (seat.required) required[seat.action ?? 'pending'] += 1;
  }

  if (votes.reject > 0 && stage.on_reject === 'veto') return rejected('rejected_by_approver');
  if (required.reject > 0) return rejected('required_rejected');
  if (required.abstain > 0) return rejected('required_abstained');
  if (stage.mode === 'all' && votes.abstain === seats.length) return rejected('no_effective_votes');

  const needed = stage.mode === 'all' ? Math.max(1, progress.asked - askedAndAbstained) : progress.needed;
  if (votes.approve >= needed && required.pending === 0) return APPROVED;
  if (votes.approve + pending < needed) return rejected('quorum_unreachable');
  return OPEN;
}

/** How many approvals a stage needs from `approvers` people, or null when that many can never be had. */
export function neededApprovals(stage: Stage, approvers: number): number | null {
  switch (stage.mode) {
    case 'all':
      return approvers;
    case 'percentage':
      return Math.max(1, Math.ceil(((stage.mode_value ?? 100) * approvers) / 100));
    case 'any-n':
    case 'quorum': {
      const needed = stage.mode_value ?? 1;
      return needed > approvers ? null : needed;
    }
  }
}

function rejected(reason: RejectionReason): Verdict {
  return { kind: 'rejected', reason };
}
