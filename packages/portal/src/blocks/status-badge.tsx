import type { ReactNode } from 'react';
import { t } from '../strings/t.ts';
import css from './status-badge.module.css';

/** What a colour says: gone well, gone wrong, waits, goes on, is over. */
export type Tone = 'good' | 'bad' | 'wait' | 'info' | 'quiet';

type Status = keyof typeof t.blocks.statuses;

const TONES: Readonly<Record<Status, Tone>> = {
  pending: 'wait',
  in_review: 'info',
  approved: 'good',
  rejected: 'bad',
  cancelled: 'quiet',
  open: 'wait',
  claimed: 'info',
  completed: 'good',
  skipped: 'quiet',
  expired: 'bad',
  reassigned: 'quiet',
  draft: 'wait',
  active: 'good',
  archived: 'quiet',
  activating: 'wait',
  delivered: 'good',
  exhausted: 'bad',
  approve: 'good',
  reject: 'bad',
  abstain: 'quiet',
};

/** A word in the colour of its tone. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return <span className={`${css.badge} ${css[tone]}`}>{children}</span>;
}

/** The status of a request, task, policy, delivery or vote; one that is not known here is shown as it came. */
export function StatusBadge({ status }: { status: string }): ReactNode {
  const known = Object.hasOwn(TONES, status) ? (status as Status) : null;
  return (
    <Badge tone={known === null ? 'quiet' : TONES[known]}>
      {known === null ? status : t.blocks.statuses[known]}
    </Badge>
  );
}
