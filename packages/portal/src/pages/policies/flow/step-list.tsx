import type { StageIn } from '@awe/contract/policies';
import { stepsOf } from '@awe/wording/words/steps';
import type { ReactNode } from 'react';
import { t } from '../../../strings/t.ts';
import { placed } from '../placed.ts';
import css from './flow.module.css';
import { StageCard } from './stage-card.tsx';

const words = t.policies.page.flow;

/** The flow from top to bottom, as an ordered list. */
export function StepList({ stages }: { stages: readonly StageIn[] }): ReactNode {
  return (
    <ol className={css.steps} aria-label={words.steps}>
      {placed(stepsOf(stages)).map(({ key, item: step }) => (
        <li key={key} className={css.step}>
          {step.length === 1 && step[0] ? (
            <StageCard stage={step[0]} />
          ) : (
            <>
              <div className={css.together}>{words.together(step.length)}</div>
              <ul className={css.siblings}>
                {placed(step).map(({ key: place, item: stage }) => (
                  <li key={place}>
                    <StageCard stage={stage} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
