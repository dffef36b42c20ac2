import type { StageStatus } from '@awe/engine/stage-transition';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import { LookupNotice } from './lookup-notice.tsx';
import { People } from './people.tsx';
import { reasonWords } from './reason-words.ts';
import css from './stage-card.module.css';
import type { StageView } from './told-approval.ts';
import { Votes } from './votes.tsx';

const words = t.requests.flow;

const TONES: Readonly<Record<StageStatus, Tone>> = {
  waiting: 'quiet',
  activating: 'wait',
  open: 'info',
  approved: 'good',
  rejected: 'bad',
  skipped: 'quiet',
  cancelled: 'quiet',
};

/** One stage: how far it is, and its people. */
export function StageCard({ view, requestId }: { view: StageView; requestId: string }): ReactNode {
  const { stage, progress, lookup, ended } = view;
  const { status } = progress;
  return (
    <li className={css.card} data-tone={TONES[status]} data-waiting={status === 'waiting'}>
      <div className={css.head}>
        <h3 className={css.name}>{stage.name}</h3>
        <Badge tone={TONES[status]}>{words.states[status]}</Badge>
      </div>
      {ended !== null && status !== 'open' && <p className={css.ended}>{reasonWords(ended)}</p>}
      {status === 'waiting' && <p className={css.ended}>{ruleOf(view)}</p>}
      {progress.asked > 0 && <Votes view={view} />}
      {lookup && <LookupNotice lookup={lookup} order={stage.stage_order} requestId={requestId} />}
      <People view={view} />
    </li>
  );
}

function ruleOf({ stage }: StageView): string {
  if (stage.mode === 'all') return words.rules.all;
  if (stage.mode === 'percentage') return words.rules.percentage(stage.mode_value ?? 100);
  return words.rules.counted(stage.mode_value ?? 1);
}
