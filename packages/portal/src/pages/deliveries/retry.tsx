import type { DeliveryOut } from '@awe/contract/deliveries';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useChange } from '../../api/use-change.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { say } from '../../blocks/notify.ts';
import { useMay } from '../../session/may.tsx';
import { t } from '../../strings/t.ts';
import css from './delivery-drawer.module.css';

const words = t.deliveries.detail;

/** Sends a delivery again, unless the receiver has taken it. */
export function Retry({ delivery: { id, status } }: { delivery: DeliveryOut }): ReactNode {
  const mayRetry = useMay('retryDelivery');
  const retry = useChange('retryDelivery', {
    refreshes: ['getDelivery', 'listDeliveries', 'listReceivers', 'listIncidents', 'getOverview'],
    onDone: () => say(words.retried),
  });
  if (!mayRetry || status === 'delivered') return null;
  return (
    <div>
      <div className={css.retry}>
        <Button
          leftSection={<IconRefresh size={18} aria-hidden />}
          loading={retry.isPending}
          onClick={() => retry.mutate({ params: { delivery_id: id } })}
        >
          {status === 'exhausted' ? words.retry : words.retryNow}
        </Button>
        <span className={css.aside}>{words.retryText}</span>
      </div>
      <FailureNotice failure={retry.error} />
    </div>
  );
}
