import { Skeleton, Stack } from '@mantine/core';
import { useLocation, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';
import { Editor, type Step } from './editor/editor.tsx';

/** A new policy, a draft of one, or the version after the one that the address names, which is the newest unless given. */
export function PolicyEditorPage(): ReactNode {
  const { policyKey } = useParams({ strict: false });
  return policyKey === undefined ? <Editor base={null} /> : <OfPolicy policyKey={policyKey} />;
}

function OfPolicy({ policyKey }: { policyKey: string }): ReactNode {
  const search = useSearch({ strict: false });
  const named = Number(search.version ?? Number.NaN);
  const isNamed = Number.isInteger(named);
  const versions = useOperation('listVersions', { params: { policy_key: policyKey } }, { enabled: !isNamed });
  const version = isNamed ? named : versions.data?.[0]?.version;
  const base = useOperation(
    'getVersion',
    { params: { policy_key: policyKey, version: version ?? 0 } },
    { enabled: version !== undefined },
  );
  const { hash } = useLocation();
  const step = STEPS.find((each) => each === hash) ?? null;
  const failed = versions.error ? versions : base;
  if (base.data) return <Editor key={base.data.id} base={base.data} step={step} />;
  return (
    <>
      <PageHeader title={policyKey} />
      {failed.error ? (
        <FailureNotice failure={failed.error} onRetry={() => void failed.refetch()} />
      ) : (
        <Stack aria-busy aria-label={t.blocks.loading}>
          <Skeleton height="12rem" radius="lg" />
          <Skeleton height="5rem" radius="lg" />
          <Skeleton height="5rem" radius="lg" />
        </Stack>
      )}
    </>
  );
}

const STEPS: readonly Step[] = ['activate', 'simulate'];
