import type { PolicyOut } from '@awe/contract/policies';
import { semanticDiff } from '@awe/wording/diff/semantic-diff';
import { diffSentences } from '@awe/wording/diff/sentences';
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOperation } from '../../../api/use-operation.ts';
import { FailureNotice } from '../../../blocks/failure-notice.tsx';
import { t } from '../../../strings/t.ts';
import { StepList } from '../flow/step-list.tsx';
import { placed } from '../placed.ts';
import css from './activation-summary.module.css';
import { Remarks } from './remarks.tsx';

const words = t.policies.page.activate;

/** What activating a version changes against the one in force; `active` null: none is. */
export function ActivationSummary({
  policy,
  active,
}: {
  policy: PolicyOut;
  active: number | null;
}): ReactNode {
  return (
    <div className={css.summary}>
      {active === null ? <First policy={policy} /> : <Against policy={policy} active={active} />}
      <Remarks policy={policy} />
      <p className={css.pinned}>{words.pinned}</p>
    </div>
  );
}

function First({ policy: { stages = [] } }: { policy: PolicyOut }): ReactNode {
  if (stages.length === 0) return <p>{words.firstWithout}</p>;
  return (
    <>
      <p>{words.first}</p>
      <StepList stages={stages} />
    </>
  );
}

function Against({ policy, active }: { policy: PolicyOut; active: number }): ReactNode {
  const inForce = useOperation('getVersion', { params: { policy_key: policy.policy_key, version: active } });
  if (inForce.error) return <FailureNotice failure={inForce.error} onRetry={() => void inForce.refetch()} />;
  if (!inForce.data) return <Skeleton height="5rem" />;
  const sentences = diffSentences(semanticDiff(inForce.data, policy));
  if (sentences.length === 0) return <p>{words.same(active)}</p>;
  return (
    <>
      <p>{words.replaces(active)}</p>
      <ul className={css.changes}>
        {placed(sentences).map(({ key, item }) => (
          <li key={key}>{item}</li>
        ))}
      </ul>
    </>
  );
}
