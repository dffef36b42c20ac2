import type { IncidentOut, IncidentRetryOut } from '@awe/contract/incidents';
import { ActionIcon } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import css from './results.module.css';

const words = t.incidents.results;

/** What a repair came to; `id` is that of the incident. */
export type Result = {
  id: string;
  isGood: boolean;
  what: string;
  told: string;
  requestId: string | null;
  receiver: string | null;
};

export function resultOf(before: IncidentOut, { id, retried, incident }: IncidentRetryOut): Result {
  const { what, request_id, receiver } = before;
  const told =
    before.kind === 'deliveries_exhausted'
      ? words.sent(retried)
      : incident !== null
        ? words.still(incident.lookup?.failures ?? retried)
        : retried > 0
          ? words.found
          : words.nothing;
  return { id, isGood: incident === null, what, told, requestId: request_id, receiver };
}

/** What repairs came to, the latest first. They stay until they are dismissed: the incident itself may be gone by then. */
export function Results({
  results,
  onDismiss,
}: {
  results: readonly Result[];
  onDismiss: (id: string) => void;
}): ReactNode {
  return (
    <section aria-live="polite" aria-label={words.label} className={css.results}>
      {results.map(({ id, isGood, what, told, requestId, receiver }) => (
        <div key={id} className={`${css.result} ${isGood ? css.good : css.wait}`}>
          {isGood ? <IconCircleCheck size={20} aria-hidden /> : <IconAlertCircle size={20} aria-hidden />}
          <div className={css.text}>
            <strong>{told}</strong>
            <p>{what}</p>
            {requestId !== null && (
              <Link to="/requests/$requestId" params={{ requestId }}>
                {words.request}
              </Link>
            )}
            {receiver !== null && (
              <Link to="/deliveries" search={{ receiver }}>
                {words.follow}
              </Link>
            )}
          </div>
          <ActionIcon onClick={() => onDismiss(id)} aria-label={words.dismiss}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
    </section>
  );
}
