import { semanticDiff } from '@awe/wording/diff/semantic-diff';
import { NativeSelect, Skeleton } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useOperation } from '../../../api/use-operation.ts';
import { FailureNotice } from '../../../blocks/failure-notice.tsx';
import { Sheet } from '../../../blocks/sheet.tsx';
import { t } from '../../../strings/t.ts';
import { PolicyChanges } from '../diff/policy-changes.tsx';
import css from './policy-tabs.module.css';
import type { VersionHistory } from './use-versions.ts';
import { versionChoices } from './version-choices.ts';

const words = t.policies.page.versions;

export type Sides = { before: number; after: number };

/** Two versions of a policy, and what it means to go from one to the other. */
export function Compare({
  policyKey,
  versions,
  sides,
  onChoose,
}: {
  policyKey: string;
  versions: readonly VersionHistory[];
  sides: Sides;
  onChoose: (sides: Sides) => void;
}): ReactNode {
  const hasTwo = versions.length > 1;
  const select = (side: keyof Sides, label: string) => (
    <NativeSelect
      label={label}
      data={versionChoices(versions)}
      value={String(sides[side])}
      onChange={({ currentTarget: { value } }) => onChoose({ ...sides, [side]: Number(value) })}
    />
  );
  return (
    <Sheet title={words.compare}>
      {hasTwo ? (
        <>
          <div className={css.pick}>
            {select('before', words.older)}
            {select('after', words.newer)}
          </div>
          {sides.before === sides.after ? (
            <p>{words.choose}</p>
          ) : (
            <Changes policyKey={policyKey} {...sides} />
          )}
        </>
      ) : (
        <p className={css.none}>{words.one}</p>
      )}
    </Sheet>
  );
}

function Changes({ policyKey, before, after }: Sides & { policyKey: string }): ReactNode {
  const old = useOperation('getVersion', { params: { policy_key: policyKey, version: before } });
  const young = useOperation('getVersion', { params: { policy_key: policyKey, version: after } });
  const [a, b] = [old.data, young.data];
  const diff = useMemo(() => a && b && semanticDiff(a, b), [a, b]);
  const failed = [old, young].find(({ error }) => error !== null);
  if (failed) return <FailureNotice failure={failed.error} onRetry={() => void failed.refetch()} />;
  if (!diff) return <Skeleton height="8rem" />;
  return <PolicyChanges diff={diff} before={t.policies.version(before)} after={t.policies.version(after)} />;
}
