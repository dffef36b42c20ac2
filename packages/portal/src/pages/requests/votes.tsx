import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import { tallyOf } from './tally.ts';
import type { StageView } from './told-approval.ts';
import css from './votes.module.css';

const words = t.requests.tally;
/** More marks than these are no longer counted at a glance. */
const MOST_MARKS = 12;

/** Votes against what is needed; while the stage is open also who must sign, and whether it can still pass. */
export function Votes({ view }: { view: StageView }): ReactNode {
  const { approvals, needed, pending, mustSign, verdict } = tallyOf(view);
  const hints =
    view.progress.status === 'open'
      ? [
          ...(mustSign.length > 0 ? [words.mustSign(mustSign)] : []),
          verdict === 'rejected'
            ? words.cannotPass
            : approvals + pending === needed && pending > 1
              ? words.allLeft
              : words.canPass,
          words.canDecide(pending),
        ]
      : [];
  return (
    <div className={css.votes}>
      {needed <= MOST_MARKS && (
        <span className={css.marks} aria-hidden>
          {Array.from({ length: needed }, (_, index) => (
            <span key={String(index)} className={css.mark} data-filled={index < approvals} />
          ))}
        </span>
      )}
      <span>
        <strong>{words.votes(approvals, needed)}</strong> {words.approvals(needed)}
      </span>
      {hints.length > 0 && <span className={css.hints}>{hints.join(' · ')}</span>}
    </div>
  );
}
