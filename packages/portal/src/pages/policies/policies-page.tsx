import type { PolicyOut } from '@awe/contract/policies';
import { Button } from '@mantine/core';
import { IconListDetails, IconPlus } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import type { Pages } from '../../api/use-pages.ts';
import { type Column, DataTable } from '../../blocks/data-table.tsx';
import { Filters, TextFilter, useFilters } from '../../blocks/filters.tsx';
import { NothingHere } from '../../blocks/nothing-here.tsx';
import { PageHeader } from '../../blocks/page-header.tsx';
import { Can, useMay } from '../../session/may.tsx';
import { LOCALE, t } from '../../strings/t.ts';
import { matching } from './list/matching.ts';
import { ActiveVersion, NewestVersion, PolicyName } from './list/policy-cells.tsx';

const words = t.policies;
const route = getRouteApi('/policies');
/** The service answers all policies at once; this many more are shown at a time. */
const PAGE = 50;

/** Every policy with its newest version, and the one in force. */
export function PoliciesPage(): ReactNode {
  const { q } = route.useSearch();
  const { set, clear, isFiltered } = useFilters();
  const mayWrite = useMay('createPolicy');
  const add = (
    <Can call="createPolicy">
      <Button
        leftSection={<IconPlus size={18} aria-hidden />}
        renderRoot={(own) => <Link to="/policies/new" {...own} />}
      >
        {words.add}
      </Button>
    </Can>
  );
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} actions={add} />
      <Filters isFiltered={isFiltered} onClear={clear}>
        <TextFilter
          label={words.search}
          placeholder={words.searchHint}
          value={q}
          onChange={(text) => set({ q: text })}
        />
      </Filters>
      <DataTable
        caption={words.title}
        columns={COLUMNS}
        pages={usePolicies(q)}
        rowKey={({ policy_key }) => policy_key}
        empty={
          isFiltered ? (
            <NothingHere title={words.empty.filteredTitle} text={words.empty.filteredText} />
          ) : (
            <NothingHere
              icon={<IconListDetails size={26} stroke={1.6} />}
              title={words.empty.title}
              text={mayWrite ? words.empty.text : words.empty.textForViewers}
              action={add}
            />
          )
        }
      />
    </>
  );
}

function usePolicies(q: string | undefined): Pages<PolicyOut> {
  const [shown, setShown] = useState(PAGE);
  const { data = [], isPending, error, refetch } = useOperation('listPolicies', {});
  const found = matching(data, q ?? '');
  return {
    rows: found.slice(0, shown),
    isPending,
    failure: error,
    hasMore: found.length > shown,
    isLoadingMore: false,
    loadMore: () => setShown((before) => before + PAGE),
    retry: () => void refetch(),
  };
}

const COLUMNS: readonly Column<PolicyOut>[] = [
  { key: 'policy', header: words.columns.policy, cell: (policy) => <PolicyName {...policy} /> },
  { key: 'artifact', header: words.columns.artifact, cell: ({ artifact_type }) => artifact_type },
  {
    key: 'stages',
    header: words.columns.stages,
    cell: ({ stages = [] }) => stages.length.toLocaleString(LOCALE),
  },
  { key: 'newest', header: words.columns.newest, cell: (policy) => <NewestVersion {...policy} /> },
  { key: 'active', header: words.columns.active, cell: (policy) => <ActiveVersion {...policy} /> },
];
