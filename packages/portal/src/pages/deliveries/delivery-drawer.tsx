import type { DeliveryDetailOut } from '@awe/contract/deliveries';
import { Drawer, Skeleton, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { CopyText } from '../../blocks/copy-text.tsx';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { Json } from '../../blocks/json.tsx';
import { Moment } from '../../blocks/moment.tsx';
import { StatusBadge } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import { Attempts } from './attempts.tsx';
import css from './delivery-drawer.module.css';
import { eventInWords } from './event-words.ts';
import { Retry } from './retry.tsx';

const words = t.deliveries.detail;
/** While it is on its way. */
const EVERY_MS = 3_000;

/** One delivery beside the list, while `id` is given: how each attempt went, what is sent, and sending it again. */
export function DeliveryDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }): ReactNode {
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size="min(44rem, 100%)"
      title={words.title}
    >
      {id !== undefined && <Inspected key={id} id={id} />}
    </Drawer>
  );
}

function Inspected({ id }: { id: string }): ReactNode {
  const [isMoving, setMoving] = useState(true);
  const delivery = useOperation(
    'getDelivery',
    { params: { delivery_id: id } },
    isMoving ? { every: EVERY_MS } : {},
  );
  const status = delivery.data?.status;
  useEffect(() => setMoving(status === undefined || status === 'pending'), [status]);
  if (delivery.data) return <Detail delivery={delivery.data} />;
  if (delivery.error) {
    return <FailureNotice failure={delivery.error} onRetry={() => void delivery.refetch()} />;
  }
  return (
    <Stack role="status" aria-label={t.blocks.loading}>
      <Skeleton height="2rem" width="60%" />
      <Skeleton height="8rem" />
      <Skeleton height="12rem" />
    </Stack>
  );
}

function Detail({ delivery }: { delivery: DeliveryDetailOut }): ReactNode {
  const { status, event_type, request_id, callback_url, attempts, payload } = delivery;
  return (
    <Stack gap="xl">
      <div>
        <div className={css.head}>
          <h2>{eventInWords(event_type)}</h2>
          <StatusBadge status={status} />
        </div>
        <p className={css.artifact}>
          {payload.artifact_type} {payload.artifact_id} ·{' '}
          <Link to="/requests/$requestId" params={{ requestId: request_id }}>
            {words.openRequest}
          </Link>
        </p>
      </div>
      <Retry delivery={delivery} />
      <dl className={css.facts}>
        <dt>{words.address}</dt>
        <dd className={css.mono}>
          {callback_url} <CopyText text={callback_url} what={words.addressOf} />
        </dd>
        <dt>{words.written}</dt>
        <dd>
          <Moment at={delivery.created_at} show="absolute" />
        </dd>
        {delivery.delivered_at !== null && (
          <>
            <dt>{words.taken}</dt>
            <dd>
              <Moment at={delivery.delivered_at} show="absolute" />
            </dd>
          </>
        )}
        {delivery.next_attempt_at !== null && (
          <>
            <dt>{words.next}</dt>
            <dd>
              <Moment at={delivery.next_attempt_at} />
            </dd>
          </>
        )}
        <dt>{words.sequence}</dt>
        <dd>{delivery.sequence}</dd>
        <dt>{words.id}</dt>
        <dd className={css.mono}>
          {delivery.event_id} <CopyText text={delivery.event_id} what={words.id} />
        </dd>
      </dl>
      <section>
        <h3 className={css.title}>{words.attempts}</h3>
        <p className={css.aside}>{words.attemptCount(delivery.attempt, delivery.max_attempts)}</p>
        <Attempts attempts={attempts} />
      </section>
      <section>
        <h3 className={css.title}>{words.body}</h3>
        <p className={css.aside}>{words.bodyText}</p>
        <Json value={payload} label={words.body} />
      </section>
    </Stack>
  );
}
