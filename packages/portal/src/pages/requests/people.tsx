import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { t } from '../../strings/t.ts';
import css from './people.module.css';
import { SeatRow } from './seat-row.tsx';
import { votingSeats } from './tally.ts';
import type { Seat, StageView } from './told-approval.ts';

const words = t.requests.people;
const MOST_ROWS = 12;

/** The people of a stage: who decides, who watches, and whose task went to somebody else. */
export function People({ view }: { view: StageView }): ReactNode {
  const voting = votingSeats(view);
  const watching = view.seats.filter(({ kind, status }) => kind === 'observer' && status !== 'reassigned');
  const former = view.seats.filter(({ status }) => status === 'reassigned');
  return (
    <>
      <Seats view={view} seats={voting} />
      <Seats view={view} seats={watching} title={words.observers} />
      <Seats view={view} seats={former} title={words.former} />
    </>
  );
}

function Seats({
  view,
  seats,
  title,
}: {
  view: StageView;
  seats: readonly Seat[];
  title?: string;
}): ReactNode {
  const [isWhole, setWhole] = useState(false);
  if (seats.length === 0) return null;
  return (
    <div>
      {title && <div className={css.title}>{title}</div>}
      <ul className={css.people} aria-label={title ? `${view.stage.name}: ${title}` : view.stage.name}>
        {(isWhole ? seats : seats.slice(0, MOST_ROWS)).map((seat) => (
          <SeatRow key={seat.id} view={view} seat={seat} />
        ))}
      </ul>
      {!isWhole && seats.length > MOST_ROWS && (
        <Button size="xs" variant="subtle" onClick={() => setWhole(true)}>
          {words.all(seats.length)}
        </Button>
      )}
    </div>
  );
}
