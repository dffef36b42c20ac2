import type { PolicyOut } from '@awe/contract/policies';
import { Anchor, Group, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useOperation } from '../../../api/use-operation.ts';
import { StatusBadge } from '../../../blocks/status-badge.tsx';
import { t } from '../../../strings/t.ts';
import css from './policy-cells.module.css';

/** What a policy is called, which leads to it, and its key. */
export function PolicyName({ name, policy_key }: PolicyOut): ReactNode {
  return (
    <>
      <Anchor
        inherit
        fw={600}
        renderRoot={(own) => <Link to="/policies/$policyKey" params={{ policyKey: policy_key }} {...own} />}
      >
        {name}
      </Anchor>
      {name !== policy_key && <div className={css.key}>{policy_key}</div>}
    </>
  );
}

export function NewestVersion({ version, status }: PolicyOut): ReactNode {
  return (
    <Group gap="xs" wrap="nowrap">
      {t.policies.shortVersion(version)}
      <StatusBadge status={status} />
    </Group>
  );
}

/** The version in force. Only a newest version that is not has to be asked for the others. */
export function ActiveVersion({ policy_key, version, status }: PolicyOut): ReactNode {
  const isNewest = status === 'active';
  // The first version has no others beside it.
  const versions = useOperation(
    'listVersions',
    { params: { policy_key } },
    { enabled: !isNewest && version > 1 },
  );
  if (versions.isLoading) return <Skeleton height="1rem" width="2rem" />;
  const active = isNewest ? version : versions.data?.find((each) => each.status === 'active')?.version;
  if (active === undefined) return <span className={css.none}>{t.policies.noneActive}</span>;
  return t.policies.shortVersion(active);
}
