import { isPending } from '@awe/engine/approval';
import type { ReactNode } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { Badge } from '../../blocks/status-badge.tsx';
import { useNow } from '../../blocks/use-now.ts';
import { t } from '../../strings/t.ts';
import css from './people.module.css';
import type { Seat } from './told-approval.ts';

const words = t.requests.people;

/** Until when somebody is to decide; nothing when there is no limit, or it does not matter any more. */
export function Due({ seat }: { seat: Seat }): ReactNode {
  const now = useNow();
  if (seat.due_at === null || !isPending(seat)) return null;
  if (seat.status === 'expired' || Date.parse(seat.due_at) <= now) {
    return (
      <span className={css.due}>
        <Badge tone="bad">{words.overdue}</Badge> {words.wasDue} <Moment at={seat.due_at} />
      </span>
    );
  }
  return (
    <span className={css.due}>
      {words.due} <Moment at={seat.due_at} />
    </span>
  );
}
