import type { ReceiverOut } from '@awe/contract/receivers';
import type { ReactNode } from 'react';
import { Moment } from '../../../blocks/moment.tsx';
import { Badge } from '../../../blocks/status-badge.tsx';
import { t } from '../../../strings/t.ts';
import css from '../deliveries.module.css';

const words = t.deliveries.receivers;

/** How it goes with a receiver; when it is paused, by whom, since when and why. */
export function ReceiverState({ paused, paused_at, paused_by, reason, exhausted }: ReceiverOut): ReactNode {
  if (!paused) {
    return exhausted > 0 ? (
      <Badge tone="bad">{words.states.failing}</Badge>
    ) : (
      <Badge tone="info">{words.states.sending}</Badge>
    );
  }
  return (
    <span className={css.outcome}>
      <span>
        <Badge tone="wait">{words.states.paused}</Badge>
      </span>
      {reason !== null && <span>{reason}</span>}
      {paused_by !== null && (
        <span className={css.aside}>
          {words.pausedBy(paused_by)}, <Moment at={paused_at} />
        </span>
      )}
    </span>
  );
}
