import type { RequestOut } from '@awe/contract/requests';
import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import css from './requests-page.module.css';
import { useRequestPolicy } from './use-request-policy.ts';

const words = t.requests;

/** Where a request is, or where it ended; by name and place for those who may read its policy. */
export function CurrentStage(request: RequestOut): ReactNode {
  const { current_stage_order: order } = request;
  const { data } = useRequestPolicy(request);
  if (order === 0) return null;
  const stages = data?.stages ?? [];
  const place = stages.findIndex(({ stage_order }) => stage_order === order);
  return (
    <>
      {stages[place]?.name ?? words.stageName(order)}
      {place >= 0 && <div className={css.aside}>{words.stageOf(place + 1, stages.length)}</div>}
    </>
  );
}
