import type { OverviewOut } from '@awe/contract/overview';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { t } from '../../strings/t.ts';
import { inFigures, share } from './numbers.ts';
import css from './overview.module.css';

const words = t.overview.tiles;

/** Four figures, each a way to the list behind it. */
export function Tiles({ tasks, requests }: Pick<OverviewOut, 'tasks' | 'requests'>): ReactNode {
  const decided = requests.approved + requests.rejected;
  return (
    <ul className={css.tiles} aria-label={words.label}>
      <Tile
        name={words.inReview}
        count={requests.in_review + requests.pending}
        link={{ to: '/requests', search: { status: 'in_review' } }}
        more={
          requests.oldest_open_at === null ? (
            words.inReviewNone
          ) : (
            <Since told={words.inReviewOldest} at={requests.oldest_open_at} />
          )
        }
      />
      <Tile
        name={words.waiting}
        count={tasks.open}
        link={{ to: '/requests', search: { status: 'in_review' } }}
        more={
          tasks.oldest_at === null ? (
            words.waitingNone
          ) : (
            <Since told={words.waitingOldest} at={tasks.oldest_at} />
          )
        }
      />
      <Tile
        name={words.overdue}
        count={tasks.overdue}
        isBad={tasks.overdue > 0}
        link={{ to: '/incidents', search: { kind: 'overdue' } }}
        more={
          tasks.oldest_due_at === null ? (
            words.overdueNone
          ) : (
            <Since told={words.overdueOldest} at={tasks.oldest_due_at} />
          )
        }
      />
      <Tile
        name={words.approved}
        count={requests.approved}
        link={{ to: '/requests', search: { status: 'approved' } }}
        more={
          decided === 0
            ? words.approvedNone
            : words.approvedOf(share(requests.approved, decided), inFigures(decided))
        }
      />
    </ul>
  );
}

function Tile({
  name,
  count,
  more,
  link,
  isBad = false,
}: {
  name: string;
  count: number;
  more: ReactNode;
  link: LinkProps;
  isBad?: boolean;
}): ReactNode {
  return (
    <li>
      <Link {...link} className={isBad ? `${css.tile} ${css.bad}` : (css.tile ?? '')}>
        <span className={css.name}>{name}</span>
        <span className={css.figure}>{inFigures(count)}</span>
        <span className={css.aside}>{more}</span>
      </Link>
    </li>
  );
}

function Since({ told, at }: { told: string; at: string }): ReactNode {
  return (
    <>
      {told} <Moment at={at} />
    </>
  );
}
