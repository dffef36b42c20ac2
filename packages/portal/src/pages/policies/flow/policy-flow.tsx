import type { StageIn } from '@awe/contract/policies';
import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense } from 'react';
import { t } from '../../../strings/t.ts';
import css from './flow.module.css';
import { layoutOf } from './layout.ts';
import { StepList } from './step-list.tsx';

const FlowPicture = lazy(async () => ({ default: (await import('./flow-picture.tsx')).FlowPicture }));

/** The stages and parallel groups as a picture, on a phone and for readers as an ordered list. Any order of `stages`. */
export function PolicyFlow({ stages }: { stages: readonly StageIn[] }): ReactNode {
  const isWide = useMediaQuery('(min-width: 48em)', false, { getInitialValueInEffect: false });
  if (stages.length === 0) return <p className={css.none}>{t.policies.page.flow.none}</p>;
  if (!isWide) return <StepList stages={stages} />;
  return (
    <>
      <Suspense fallback={<Skeleton height={layoutOf(stages).height} />}>
        <FlowPicture stages={stages} />
      </Suspense>
      <VisuallyHidden>
        <StepList stages={stages} />
      </VisuallyHidden>
    </>
  );
}
