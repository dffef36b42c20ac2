import { type Action, isPending } from '@awe/engine/approval';
import { evaluate, type Verdict } from '@awe/engine/evaluator';
import { ON_REJECT } from '@awe/engine/policy';
import type { Seat, StageView } from './told-approval.ts';

/** The votes of a stage against what it needs. */
export type Tally = {
  approvals: number;
  needed: number;
  /** How many can still decide. */
  pending: number;
  /** Who must sign and has not. */
  mustSign: string[];
  verdict: Verdict['kind'];
};

/** The seats that are somebody’s now: those given away, and observers, are not counted. */
export function votingSeats({ seats }: StageView): Seat[] {
  return seats.filter(({ kind, status }) => kind === 'approver' && status !== 'reassigned');
}

export function tallyOf(view: StageView): Tally {
  const seats = votingSeats(view);
  const pending = seats.filter(isPending);
  return {
    approvals: seats.filter(({ action }) => action === 'approve').length,
    needed: neededOf(view, seats),
    pending: pending.length,
    mustSign: pending.filter(({ required }) => required).map(({ assignee }) => assignee),
    verdict: evaluate(view.stage, view.progress, view.seats).kind,
  };
}

/**
 * What becomes of a stage when `seat` decides so and nothing else happens: the engine’s own answer. Null when that hangs
 * on how the policy counts rejections and the viewer may not read it (`isPolicyKnown` false).
 */
export function afterVote(
  { stage, progress, seats }: StageView,
  { id }: Seat,
  action: Action,
  isPolicyKnown: boolean,
): Verdict['kind'] | null {
  const after = seats.map((each) =>
    each.id === id ? { ...each, action, status: 'completed' as const } : each,
  );
  const counts = isPolicyKnown || stage.mode === 'all' ? [stage.on_reject] : ON_REJECT;
  const [first, ...others] = counts.map(
    (on_reject) => evaluate({ ...stage, on_reject }, progress, after).kind,
  );
  return first !== undefined && others.every((other) => other === first) ? first : null;
}

/** In `all`, whoever of those first asked abstains is not needed. */
function neededOf({ stage, progress }: StageView, seats: readonly Seat[]): number {
  if (stage.mode !== 'all') return progress.needed;
  const abstained = seats.filter(({ action, escalated }) => action === 'abstain' && !escalated).length;
  return Math.max(1, progress.asked - abstained);
}
