import type { DeliveryOut } from '@awe/contract/deliveries';
import { Button } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useChange } from '../../api/use-change.ts';
import { type Column, DataTable } from '../../blocks/data-table.tsx';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { Moment } from '../../blocks/moment.tsx';
import { NothingHere } from '../../blocks/nothing-here.tsx';
import { say } from '../../blocks/notify.ts';
import { StatusBadge } from '../../blocks/status-badge.tsx';
import { useMay } from '../../session/may.tsx';
import { t } from '../../strings/t.ts';
import css from './requests-page.module.css';
import { useAtSequence } from './use-at-sequence.ts';

const words = t.requests.deliveries;
const EVERY_MS = 3_000;
const MOST = 500;

/** What became of the webhooks about a request; read again while some are on their way. */
export function Deliveries({ requestId, sequence }: { requestId: string; sequence: number }): ReactNode {
  const query = { request_id: requestId, limit: MOST };
  const { data, isPending, error, refetch } = useAtSequence('listDeliveries', { query }, sequence, (rows) =>
    rows?.some(({ status }) => status === 'pending') ? EVERY_MS : false,
  );
  const mayRetry = useMay('retryDelivery');
  return (
    <section aria-labelledby="webhooks">
      <h2 id="webhooks" className={css.heading}>
        {words.title}
      </h2>
      <DataTable
        caption={words.title}
        columns={mayRetry ? [...COLUMNS, ACTIONS] : COLUMNS}
        rowKey={({ id }) => id}
        pages={{
          rows: data ?? [],
          isPending,
          failure: error,
          hasMore: false,
          isLoadingMore: false,
          loadMore: () => undefined,
          retry: () => void refetch(),
        }}
        empty={
          <NothingHere
            icon={<IconWebhook size={26} stroke={1.6} />}
            title={words.gone}
            text={words.goneText}
          />
        }
      />
    </section>
  );
}

const COLUMNS: readonly Column<DeliveryOut>[] = [
  {
    key: 'event',
    header: words.columns.event,
    cell: ({ event_type, sequence }) => (
      <>
        <code>{event_type}</code> <span className={css.aside}>{words.event(sequence)}</span>
      </>
    ),
  },
  { key: 'status', header: words.columns.status, cell: ({ status }) => <StatusBadge status={status} /> },
  {
    key: 'attempts',
    header: words.columns.attempts,
    cell: ({ attempt, max_attempts }) => words.attempts(attempt, max_attempts),
  },
  {
    key: 'answer',
    header: words.columns.answer,
    cell: ({ last_status_code, last_error }) =>
      [last_status_code, last_error].filter((each) => each !== null).join(' · '),
  },
  {
    key: 'next',
    header: words.columns.next,
    cell: ({ next_attempt_at }) => next_attempt_at && <Moment at={next_attempt_at} />,
  },
];
const ACTIONS: Column<DeliveryOut> = {
  key: 'actions',
  header: words.columns.actions,
  align: 'end',
  cell: (delivery) => (delivery.status === 'delivered' ? null : <Retry {...delivery} />),
};

function Retry({ id, event_type, sequence }: DeliveryOut): ReactNode {
  const retry = useChange('retryDelivery', {
    refreshes: ['listDeliveries'],
    onDone: () => say(words.retried),
  });
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={words.retryFor(event_type, sequence)}
        loading={retry.isPending}
        onClick={() => retry.mutate({ params: { delivery_id: id } })}
      >
        {words.retry}
      </Button>
      <FailureNotice failure={retry.error} />
    </>
  );
}
