import type { OverviewOut } from '@awe/contract/overview';
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { Moment } from '../../blocks/moment.tsx';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';
import { Ages } from './ages.tsx';
import { Days } from './days.tsx';
import { DecisionTimes } from './decision-times.tsx';
import { DeliveryHealth } from './delivery-health.tsx';
import { FirstSteps } from './first-steps.tsx';
import { IncidentLine } from './incident-line.tsx';
import css from './overview.module.css';
import { Tiles } from './tiles.tsx';

const words = t.overview;
/** The service counts anew no more often than every five seconds. */
const EVERY_MS = 15_000;

/** How things stand, for those who would rather look than read. */
export function OverviewPage(): ReactNode {
  const overview = useOperation('getOverview', {}, { every: EVERY_MS });
  const isQuiet = overview.data !== undefined && sawNothing(overview.data);
  // Requests that ended long ago are on no picture: only a search knows that there never was one.
  const requests = useOperation(
    'searchRequests',
    { query: { limit: 1 } },
    { enabled: isQuiet, every: EVERY_MS },
  );
  const isNew = isQuiet && requests.data?.length === 0;
  const isPending = overview.isPending || (isQuiet && requests.isPending);
  return (
    <>
      <PageHeader
        title={words.title}
        lead={words.lead}
        actions={
          overview.data && (
            <span className={css.counted}>
              {words.counted} <Moment at={overview.data.as_of} />
            </span>
          )
        }
      />
      {overview.error !== null && (
        <div className={css.failure}>
          <FailureNotice failure={overview.error} onRetry={() => void overview.refetch()} />
          {overview.data && <p className={css.aside}>{words.stale}</p>}
        </div>
      )}
      {isPending ? (
        <Loading />
      ) : isNew ? (
        <FirstSteps />
      ) : (
        overview.data && <Pictures overview={overview.data} />
      )}
    </>
  );
}

function Pictures({ overview }: { overview: OverviewOut }): ReactNode {
  const { tasks, requests, days, decision_times, deliveries, incidents } = overview;
  return (
    <div className={css.page}>
      <IncidentLine incidents={incidents} />
      <Tiles tasks={tasks} requests={requests} />
      <div className={css.pair}>
        <Days days={days} />
        <Ages tasks={tasks} oldest={requests.oldest_open_id} />
      </div>
      <div className={css.pair}>
        <DecisionTimes times={decision_times} />
        <DeliveryHealth deliveries={deliveries} asOf={overview.as_of} />
      </div>
    </div>
  );
}

function Loading(): ReactNode {
  return (
    <div className={css.page} role="status" aria-label={t.blocks.loading}>
      <Skeleton height="3.4rem" radius="lg" />
      <div className={css.tiles}>
        {['a', 'b', 'c', 'd'].map((each) => (
          <Skeleton key={each} height="7.5rem" radius="lg" />
        ))}
      </div>
      <div className={css.pair}>
        <Skeleton height="20rem" radius="lg" />
        <Skeleton height="20rem" radius="lg" />
      </div>
    </div>
  );
}

function sawNothing({ requests, days }: OverviewOut): boolean {
  const { pending, in_review, approved, rejected, cancelled } = requests;
  return (
    pending + in_review + approved + rejected + cancelled === 0 && days.every((day) => day.created === 0)
  );
}
