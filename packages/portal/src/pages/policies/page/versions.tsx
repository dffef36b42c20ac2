import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type Column, DataTable } from '../../../blocks/data-table.tsx';
import { StatusBadge } from '../../../blocks/status-badge.tsx';
import { t } from '../../../strings/t.ts';
import { Compare } from './compare.tsx';
import { DeedLine } from './deed-line.tsx';
import css from './policy-tabs.module.css';
import type { VersionHistory } from './use-versions.ts';

const words = t.policies.page.versions;

/** Every version with its people, and two of them side by side: at first the one shown and the one before it. */
export function Versions({
  policyKey,
  shown,
  versions,
}: {
  policyKey: string;
  shown: number;
  versions: readonly VersionHistory[];
}): ReactNode {
  const first = versions.some(({ version }) => version === shown - 1)
    ? shown
    : (versions[0]?.version ?? shown);
  const [sides, setSides] = useState({ before: first - 1, after: first });
  const columns: readonly Column<VersionHistory>[] = [
    {
      key: 'version',
      header: words.columns.version,
      cell: ({ version }) => (
        <>
          <Anchor
            inherit
            renderRoot={(own) => (
              <Link
                to="/policies/$policyKey/versions/$version"
                params={{ policyKey, version: String(version) }}
                {...own}
              />
            )}
          >
            {t.policies.version(version)}
          </Anchor>
          {version === shown && <span className={css.shown}> {words.shown}</span>}
        </>
      ),
    },
    { key: 'status', header: words.columns.status, cell: ({ status }) => <StatusBadge status={status} /> },
    {
      key: 'written',
      header: words.columns.written,
      cell: ({ created_at, writtenBy }) => <DeedLine by={writtenBy} at={created_at} />,
    },
    {
      key: 'activated',
      header: words.columns.activated,
      cell: ({ activated }) => activated && <DeedLine {...activated} />,
    },
    {
      key: 'actions',
      header: words.columns.actions,
      align: 'end',
      cell: ({ version }) =>
        version > 1 && (
          <Button
            size="xs"
            variant="default"
            aria-label={words.compareWith(version)}
            onClick={() => setSides({ before: version - 1, after: version })}
          >
            {words.compareBefore}
          </Button>
        ),
    },
  ];
  return (
    <div className={css.versions}>
      <div>
        <DataTable
          caption={words.title}
          columns={columns}
          rowKey={({ id }) => id}
          empty={null}
          pages={{ ...WHOLE, rows: versions }}
        />
      </div>
      <Compare policyKey={policyKey} versions={versions} sides={sides} onChoose={setSides} />
    </div>
  );
}

/** The service answers all versions at once. */
const WHOLE = {
  isPending: false,
  failure: null,
  hasMore: false,
  isLoadingMore: false,
  loadMore: () => undefined,
  retry: () => undefined,
};
