import type { EventOut } from '@awe/contract/requests';
import type { ReactNode } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { t } from '../../strings/t.ts';
import { eventWords } from '../requests/event-words.ts';
import css from './task.module.css';
import type { ToldRequest } from './told-request.ts';

const SHOWN = 4;

/** The newest lines of the timeline. */
export function Lately({
  events,
  stages,
}: { events: readonly EventOut[] } & Pick<ToldRequest, 'stages'>): ReactNode {
  const nameOf = (order: number) =>
    t.inbox.row.stage(stages.find((stage) => stage.order === order)?.name ?? '', order);
  return (
    <ol className={css.lately}>
      {events
        .slice(-SHOWN)
        .reverse()
        .map((event) => (
          <li key={event.id}>
            <span>{eventWords(event, nameOf)}</span>
            <span className={css.aside}>
              <Moment at={event.created_at} />
            </span>
          </li>
        ))}
    </ol>
  );
}
