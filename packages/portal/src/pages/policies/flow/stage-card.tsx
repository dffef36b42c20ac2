import type { StageIn } from '@awe/contract/policies';
import { describeStage } from '@awe/wording/words/stage';
import { IconArrowForwardUp, IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './flow.module.css';

/** A stage in three lines: its name, whom it asks, and what is special about it. */
export function StageCard({ stage }: { stage: StageIn }): ReactNode {
  const { who, skip, sla } = describeStage(stage);
  return (
    <div className={css.card}>
      <div className={css.name}>{stage.name}</div>
      <div className={css.who}>{who}</div>
      {(skip || sla) && (
        <div className={css.marks}>
          {skip && (
            <span className={css.skip}>
              <IconArrowForwardUp size={14} aria-hidden />
              <span>{skip}</span>
            </span>
          )}
          {sla && (
            <span className={css.sla}>
              <IconClock size={14} aria-hidden />
              <span>{sla}</span>
            </span>
          )}
        </div>
      )}
    </div>
  );
}
