import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useChange } from '../../api/use-change.ts';
import { useOperation } from '../../api/use-operation.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { Moment } from '../../blocks/moment.tsx';
import { say } from '../../blocks/notify.ts';
import { useMay } from '../../session/may.tsx';
import { t } from '../../strings/t.ts';
import css from './stage-card.module.css';
import type { LookupFailure } from './told-approval.ts';
import { TOUCHED } from './touched.ts';
import { Warning } from './warning.tsx';

const words = t.requests.lookup;
const MOST = 500;

/** Why a stage waits for its people, when they are looked up again, and a way not to wait for it. */
export function LookupNotice({
  lookup,
  order,
  requestId,
}: {
  lookup: LookupFailure;
  order: number;
  requestId: string;
}): ReactNode {
  if (lookup.reason === null) return <p className={css.ended}>{words.sibling}</p>;
  return (
    <Warning tone="wait" title={words.title[lookup.phase]}>
      <p>{lookup.reason}</p>
      <p>
        {words.attempt(lookup.attempt)} <Moment at={lookup.nextAttemptAt} />.
      </p>
      <RetryNow order={order} requestId={requestId} />
    </Warning>
  );
}

function RetryNow({ order, requestId }: { order: number; requestId: string }) {
  const mayRetry = useMay('retryIncident');
  const { data } = useOperation(
    'listIncidents',
    { query: { kind: 'lookup_failed', limit: MOST } },
    { enabled: mayRetry },
  );
  const retry = useChange('retryIncident', {
    refreshes: [...TOUCHED, 'listIncidents'],
    onDone: () => say(words.retried),
  });
  const incident = data?.find(
    ({ request_id, lookup }) => request_id === requestId && lookup?.stage_order === order,
  );
  if (!incident) return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={retry.isPending}
        onClick={() => retry.mutate({ params: { incident_id: incident.id } })}
      >
        {words.retry}
      </Button>
      <FailureNotice failure={retry.error} />
    </>
  );
}
