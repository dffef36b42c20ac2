import type { IncidentOut } from '@awe/contract/incidents';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useChange } from '../../api/use-change.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { Moment } from '../../blocks/moment.tsx';
import { useMay } from '../../session/may.tsx';
import { t } from '../../strings/t.ts';
import { Details } from './details.tsx';
import css from './incidents.module.css';
import { type Result, resultOf } from './results.tsx';

const words = t.incidents;

/** One incident: what happened, more about it, and what repairs it. */
export function Incident({
  incident,
  onResult,
}: {
  incident: IncidentOut;
  onResult: (result: Result) => void;
}): ReactNode {
  const retry = useChange('retryIncident', {
    refreshes: ['listIncidents', 'getOverview'],
    onDone: ({ data }) => onResult(resultOf(incident, data)),
  });
  return (
    <li className={css.incident}>
      <div className={css.head}>
        <p className={css.what}>{incident.what}</p>
        <span className={css.since}>
          {words.since} <Moment at={incident.since} />
        </span>
      </div>
      <Details incident={incident} />
      <FailureNotice failure={retry.error} />
      <div className={css.actions}>
        <Repair
          incident={incident}
          isBusy={retry.isPending}
          onRetry={() => retry.mutate({ params: { incident_id: incident.id } })}
        />
      </div>
    </li>
  );
}

function Repair({
  incident: { kind, request_id, receiver, what },
  isBusy,
  onRetry,
}: {
  incident: IncidentOut;
  isBusy: boolean;
  onRetry: () => void;
}): ReactNode {
  const mayRetry = useMay('retryIncident');
  const mayReassign = useMay('reassignTask');
  const { actions } = words;
  const retry = (action: string) =>
    mayRetry && (
      <Button size="sm" onClick={onRetry} loading={isBusy} aria-label={actions.about(action, what)}>
        {action}
      </Button>
    );
  const toRequest = (action: string, isFirst: boolean) =>
    request_id !== null && (
      <Button
        component={Link}
        to={`/requests/${request_id}`}
        size="sm"
        variant={isFirst ? 'filled' : 'default'}
        aria-label={actions.about(action, what)}
      >
        {action}
      </Button>
    );
  if (kind === 'overdue') return toRequest(mayReassign ? actions.reassign : actions.request, mayReassign);
  if (kind === 'lookup_failed') {
    return (
      <>
        {retry(actions.lookup)}
        {toRequest(actions.request, false)}
      </>
    );
  }
  return (
    <>
      {retry(actions.deliveries)}
      {receiver !== null && (
        <Link
          to="/deliveries"
          search={{ receiver, status: 'exhausted' }}
          aria-label={actions.about(actions.look, receiver)}
        >
          {actions.look}
        </Link>
      )}
      <Link to="/deliveries" search={{ view: 'receivers' }} aria-label={actions.about(actions.pause, what)}>
        {actions.pause}
      </Link>
    </>
  );
}
