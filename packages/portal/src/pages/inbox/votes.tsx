import type { SeatShape } from '@awe/engine/replay';
import type { ReactNode } from 'react';
import { PersonName } from '../../blocks/person-name.tsx';
import { Badge, StatusBadge } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import css from './task.module.css';
import type { ToldStage } from './told-request.ts';

const words = t.inbox.pane;

/** Who has decided how, stage by stage. */
export function Votes({ stages }: { stages: readonly ToldStage[] }): ReactNode {
  return stages.map(({ order, name, shape }) => {
    if (shape === null) return null;
    const seats = [...shape.seats].filter(([, { status }]) => status !== 'reassigned');
    const approvals = seats.filter(
      ([, { kind, action }]) => kind === 'approver' && action === 'approve',
    ).length;
    return (
      <div key={order} className={css.votes}>
        <h4>
          {t.inbox.row.stage(name, order)} <span>{words.needed(approvals, shape.needed)}</span>
        </h4>
        <ul>
          {seats.map(([person, seat]) => (
            <li key={person}>
              <PersonName id={person} />
              <Vote {...seat} />
            </li>
          ))}
        </ul>
      </div>
    );
  });
}

function Vote({ action, status, kind, required }: SeatShape): ReactNode {
  return (
    <span className={css.vote}>
      {kind === 'observer' && <span className={css.aside}>{words.observes}</span>}
      {required && <span className={css.aside}>{words.mustSign}</span>}
      {action ? (
        <StatusBadge status={action} />
      ) : status === 'open' ? (
        <Badge tone="quiet">{words.undecided}</Badge>
      ) : (
        <StatusBadge status={status} />
      )}
    </span>
  );
}
