import type { RequestOut } from '@awe/contract/requests';
import { Anchor } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePages } from '../../api/use-pages.ts';
import { type Column, DataTable } from '../../blocks/data-table.tsx';
import { ChoiceFilter, Filters, TextFilter, useFilters } from '../../blocks/filters.tsx';
import { Moment } from '../../blocks/moment.tsx';
import { NothingHere } from '../../blocks/nothing-here.tsx';
import { PageHeader } from '../../blocks/page-header.tsx';
import { StatusBadge } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import { CurrentStage } from './current-stage.tsx';
import { PolicyLink } from './policy-link.tsx';
import { Requester } from './requester.tsx';
import css from './requests-page.module.css';

const words = t.requests;
const route = getRouteApi('/requests');
const EVERY_MS = 5_000;
const STATUSES = ['pending', 'in_review', 'approved', 'rejected', 'cancelled'] as const;
const CHOICES = STATUSES.map((value) => ({ value, label: t.blocks.statuses[value] }));

/** Every request, newest first; looked for by what the service can look for. */
export function RequestsPage(): ReactNode {
  const { artifact_type, artifact_id, status } = route.useSearch();
  const { set, clear, isFiltered } = useFilters();
  const query = { artifact_type, artifact_id, status };
  const pages = usePages('searchRequests', { query }, { every: EVERY_MS });
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <Filters isFiltered={isFiltered} onClear={clear}>
        <TextFilter
          label={words.filters.type}
          placeholder={words.filters.typeHint}
          value={artifact_type}
          onChange={(value) => set({ artifact_type: value })}
        />
        <TextFilter
          label={words.filters.id}
          placeholder={words.filters.idHint}
          value={artifact_id}
          onChange={(value) => set({ artifact_id: value })}
        />
        <ChoiceFilter
          label={words.filters.status}
          value={status}
          choices={CHOICES}
          onChange={(value) => set({ status: value })}
        />
      </Filters>
      <DataTable
        caption={words.title}
        columns={COLUMNS}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          isFiltered ? (
            <NothingHere title={words.empty.filteredTitle} text={words.empty.filteredText} />
          ) : (
            <NothingHere
              icon={<IconChecklist size={26} stroke={1.6} />}
              title={words.empty.title}
              text={words.empty.text}
            />
          )
        }
      />
    </>
  );
}

const COLUMNS: readonly Column<RequestOut>[] = [
  {
    key: 'artifact',
    header: words.columns.artifact,
    cell: ({ id, artifact_id, artifact_type }) => (
      <>
        <Anchor
          fw={600}
          renderRoot={(own) => <Link to="/requests/$requestId" params={{ requestId: id }} {...own} />}
        >
          {artifact_id}
        </Anchor>
        <div className={css.aside}>{artifact_type}</div>
      </>
    ),
  },
  { key: 'status', header: words.columns.status, cell: ({ status }) => <StatusBadge status={status} /> },
  { key: 'stage', header: words.columns.stage, cell: (request) => <CurrentStage {...request} /> },
  {
    key: 'policy',
    header: words.columns.policy,
    cell: (request) => <PolicyLink {...request} flow="column" />,
  },
  {
    key: 'requester',
    header: words.columns.requester,
    cell: ({ requester }) => <Requester id={requester} />,
  },
  { key: 'age', header: words.columns.age, cell: ({ created_at }) => <Moment at={created_at} /> },
];
