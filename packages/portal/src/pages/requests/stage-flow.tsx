import type { RequestOut } from '@awe/contract/requests';
import type { RequestStatus } from '@awe/engine/approval';
import { stageGroups } from '@awe/engine/policy';
import { Skeleton } from '@mantine/core';
import { IconFlag, IconPlayerPlay } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import { StageCard } from './stage-card.tsx';
import css from './stage-flow.module.css';
import type { StageView } from './told-approval.ts';

const words = t.requests.flow;

/** The way of a request from top to bottom; what happens at the same time stands side by side. */
export function StageFlow({
  request,
  stages,
  isComplete,
}: {
  request: RequestOut;
  stages: readonly StageView[];
  /** False while stages that were not reached may still be missing. */
  isComplete: boolean;
}): ReactNode {
  const status = request.status as RequestStatus;
  return (
    <Sheet title={words.title}>
      <ol className={css.flow}>
        <li className={css.point}>
          <IconPlayerPlay size={15} aria-hidden /> {words.start(request.requester ?? null)}
        </li>
        {groupsOf(stages).map((group) => (
          <li key={group[0]?.stage.id}>
            {group.length > 1 && <div className={css.together}>{words.together}</div>}
            <ul className={css.group} data-parallel={group.length > 1}>
              {group.map((view) => (
                <StageCard key={view.stage.id} view={view} requestId={request.id} />
              ))}
            </ul>
          </li>
        ))}
        {stages.length === 0 && isComplete && status === 'approved' && <li>{words.none}</li>}
        {!isComplete && (
          <li>
            <Skeleton height="4rem" />
          </li>
        )}
        <li className={css.point} data-status={status}>
          <IconFlag size={15} aria-hidden /> {words.end[status]}
        </li>
      </ol>
    </Sheet>
  );
}

/** The engine’s own grouping. */
function groupsOf(views: readonly StageView[]): StageView[][] {
  const byStage = new Map(views.map((view) => [view.stage, view]));
  const groups = stageGroups({ stages: views.map(({ stage }) => stage) } as Parameters<
    typeof stageGroups
  >[0]);
  return groups.map((group) => group.flatMap((stage) => byStage.get(stage) ?? []));
}
