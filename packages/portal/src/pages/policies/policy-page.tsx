import type { PolicyOut } from '@awe/contract/policies';
import { Anchor, Skeleton, Stack } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';
import { PolicyActions } from './page/policy-actions.tsx';
import { PolicyTabs } from './page/policy-tabs.tsx';
import { useVersions, type VersionHistory } from './page/use-versions.ts';
import { VersionBar } from './page/version-bar.tsx';

const words = t.policies.page;

/** One version of a policy: the one in the address, else the one in force, else the newest. */
export function PolicyPage(): ReactNode {
  const { policyKey = '', version: asked } = useParams({ strict: false });
  const { versions, failure, retry } = useVersions(policyKey);
  const active = versions?.find(({ status }) => status === 'active');
  const version = asked === undefined ? (active ?? versions?.[0])?.version : Number(asked);
  const policy = useOperation(
    'getVersion',
    { params: { policy_key: policyKey, version: version ?? 0 } },
    { enabled: version !== undefined },
  );
  const back = (
    <Anchor size="sm" renderRoot={(own) => <Link to="/policies" {...own} />}>
      {words.back}
    </Anchor>
  );
  const broken = failure ?? policy.error;
  if (broken !== null || policy.data === undefined || versions === undefined) {
    return (
      <>
        <PageHeader title={policyKey} above={back} />
        {broken !== null ? (
          <FailureNotice failure={broken} onRetry={failure !== null ? retry : () => void policy.refetch()} />
        ) : (
          <Stack aria-busy>
            <Skeleton height="2rem" width="60%" />
            <Skeleton height="14rem" />
          </Stack>
        )}
      </>
    );
  }
  return <Policy policy={policy.data} versions={versions} above={back} />;
}

function Policy({
  policy,
  versions,
  above,
}: {
  policy: PolicyOut;
  versions: readonly VersionHistory[];
  above: ReactNode;
}): ReactNode {
  return (
    <>
      <PageHeader
        title={policy.name}
        lead={policy.description}
        above={above}
        actions={<PolicyActions policy={policy} versions={versions} />}
      />
      <VersionBar policy={policy} versions={versions} />
      <PolicyTabs policy={policy} versions={versions} />
    </>
  );
}
