import { isPending } from '@awe/engine/approval';
import type { ReactNode } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { PersonName } from '../../blocks/person-name.tsx';
import { StatusBadge } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import { Due } from './due.tsx';
import css from './people.module.css';
import { SeatActions } from './seat-actions.tsx';
import { isMonitor, type Seat, type StageView } from './told-approval.ts';

const words = t.requests.people;

/** One person of a stage: how they came to it, what they said and when, and what may be done about it. */
export function SeatRow({ view, seat }: { view: StageView; seat: Seat }): ReactNode {
  const isOpen = view.progress.status === 'open' && isPending(seat);
  return (
    <li className={css.seat}>
      <PersonName id={seat.assignee} />
      <span className={css.state}>
        <StatusBadge status={seat.action ?? seat.status} />
        {isOpen && <SeatActions view={view} seat={seat} />}
      </span>
      <div className={css.about}>
        {seat.required && <span className={css.mustSign}>{words.mustSign}</span>}
        {seat.delegated_from && <span>{t.blocks.delegateOf(seat.delegated_from)}</span>}
        {seat.escalated && <span>{words.escalated}</span>}
        {seat.reassigned_from && <span>{words.insteadOf(seat.reassigned_from)}</span>}
        {seat.action !== null && <Decided seat={seat} />}
        {isOpen && <Due seat={seat} />}
      </div>
      {seat.comment && <blockquote className={css.comment}>{seat.comment}</blockquote>}
    </li>
  );
}

function Decided({ seat: { assignee, decided_by, completed_at, late } }: { seat: Seat }): ReactNode {
  return (
    <>
      <span>
        <Moment at={completed_at} />
        {late && `, ${words.late}`}
      </span>
      {decided_by !== null && decided_by !== assignee && (
        <span>{isMonitor(decided_by) ? words.byMonitor : words.by(decided_by)}</span>
      )}
    </>
  );
}
