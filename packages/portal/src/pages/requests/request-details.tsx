import { type ReactNode, useMemo } from 'react';
import { PageHeader } from '../../blocks/page-header.tsx';
import { Can, useMay } from '../../session/may.tsx';
import { t } from '../../strings/t.ts';
import { Context } from './context.tsx';
import { Deliveries } from './deliveries.tsx';
import { Facts } from './facts.tsx';
import { Headline } from './headline.tsx';
import { Impossible } from './impossible.tsx';
import { OwnTasks } from './own-tasks.tsx';
import { Proof } from './proof.tsx';
import css from './request-details.module.css';
import { StageFlow } from './stage-flow.tsx';
import { Timeline } from './timeline.tsx';
import { type StageView, toldApproval } from './told-approval.ts';
import { toldPolicy } from './told-policy.ts';
import { isOver, type Told } from './use-approval.ts';
import { useRequestPolicy } from './use-request-policy.ts';
import { Withdraw } from './withdraw.tsx';

/** All about a request that is known: the stages first, then how it came to this. */
export function RequestDetails({ told, back }: { told: Told; back: ReactNode }): ReactNode {
  const { request, events } = told;
  const mayReadPolicy = useMay('getVersion');
  const hasDeliveries = useMay('listDeliveries') && Boolean(request.callback_url);
  const { data: written, isPending } = useRequestPolicy(request);
  const view = useMemo(() => standOf(told, written ?? null), [told, written]);
  const stages = view.stages ?? [];
  const stageName = (order: number) =>
    stages.find(({ stage }) => stage.stage_order === order)?.stage.name ?? t.requests.stageName(order);
  return (
    <>
      <PageHeader
        above={back}
        title={request.artifact_id}
        lead={<Headline request={request} />}
        actions={
          !isOver(told) && (
            <Can call="cancelRequest">
              <Withdraw requestId={request.id} />
            </Can>
          )
        }
      />
      {!isOver(told) && <OwnTasks stages={stages} />}
      <div className={css.columns}>
        <div className={css.column}>
          {view.stages === null ? (
            <Impossible why={view.why} />
          ) : (
            <StageFlow request={request} stages={stages} isComplete={!mayReadPolicy || !isPending} />
          )}
          <Context context={request.context} />
        </div>
        <div className={css.column}>
          <Facts request={request} />
          <Proof requestId={request.id} sequence={events.length} />
          <Timeline events={events} stageName={stageName} />
        </div>
        {hasDeliveries && (
          <div className={css.wide}>
            <Deliveries requestId={request.id} sequence={events.length} />
          </div>
        )}
      </div>
    </>
  );
}

type Stand = { stages: StageView[] } | { stages: null; why: string };

function standOf(told: Told, written: Parameters<typeof toldPolicy>[1]): Stand {
  try {
    return { stages: toldApproval(told, toldPolicy(told, written)) };
  } catch (error) {
    return { stages: null, why: error instanceof Error ? error.message : String(error) };
  }
}
