import type { IncidentOut } from '@awe/contract/incidents';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { PersonName } from '../../blocks/person-name.tsx';
import { t } from '../../strings/t.ts';
import { eventInWords } from '../deliveries/event-words.ts';
import css from './incidents.module.css';

const words = t.incidents;

/** What helps to judge an incident, by its kind. */
export function Details({ incident: { lookup, overdue, deliveries } }: { incident: IncidentOut }): ReactNode {
  return (
    <>
      {overdue && (
        <div className={css.details}>
          <span className={css.label}>{words.waitingFor}</span>
          <ul className={css.inline}>
            {overdue.waiting_for.map(({ task_id, assignee, due_at }) => (
              <li key={task_id}>
                <PersonName id={assignee} />
                {due_at !== null && (
                  <span className={css.label}>
                    {words.due} <Moment at={due_at} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {lookup && (
        <div className={css.details}>
          <span>{words.failures(lookup.failures)}</span>
          <span>
            {words.nextAttempt} <Moment at={lookup.next_attempt_at} />
          </span>
        </div>
      )}
      {deliveries && (
        <div className={css.details}>
          <span className={css.label}>{words.newest}</span>
          <ul className={css.inline}>
            {deliveries.examples.map(({ delivery_id, event_type, last_status_code }) => (
              <li key={delivery_id}>
                <Link to="/deliveries" search={{ delivery: delivery_id }}>
                  {eventInWords(event_type)}
                </Link>
                {last_status_code !== null && <span className={css.label}>{last_status_code}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
