import { IconHistory } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePages } from '../../api/use-pages.ts';
import { ChoiceFilter, Filters, TextFilter, useFilters } from '../../blocks/filters.tsx';
import { MomentFilter } from '../../blocks/moment-filter.tsx';
import { NothingHere } from '../../blocks/nothing-here.tsx';
import { PageHeader } from '../../blocks/page-header.tsx';
import { t } from '../../strings/t.ts';
import css from './audit.module.css';
import { AuditLog } from './audit-log.tsx';
import { CheckpointDownload } from './checkpoint-download.tsx';

const words = t.audit;
const route = getRouteApi('/audit');

/** Who changed what and when, for those who must be able to tell. */
export function AuditPage(): ReactNode {
  const search = route.useSearch();
  const { set, clear, isFiltered } = useFilters<typeof search>();
  const { actor, action, resource_type, resource_id, since, until } = search;
  const query = { actor, action, resource_type, resource_id, since, until };
  const pages = usePages('listAudit', { query });
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} actions={<CheckpointDownload />} />
      <Filters isFiltered={isFiltered} onClear={clear}>
        <div className={css.pair}>
          <TextFilter
            label={words.filters.actor}
            placeholder={words.filters.actorHint}
            value={actor}
            onChange={(value) => set({ actor: value })}
          />
          <ChoiceFilter
            label={words.filters.action}
            value={action}
            choices={ACTIONS}
            onChange={(value) => set({ action: value })}
          />
        </div>
        <div className={css.pair}>
          <ChoiceFilter
            label={words.filters.type}
            value={resource_type}
            choices={TYPES}
            onChange={(value) => set({ resource_type: value })}
          />
          <TextFilter
            label={words.filters.id}
            placeholder={words.filters.idHint}
            value={resource_id}
            onChange={(value) => set({ resource_id: value })}
          />
        </div>
        <MomentFilter label={words.filters.since} value={since} onChange={(value) => set({ since: value })} />
        <MomentFilter label={words.filters.until} value={until} onChange={(value) => set({ until: value })} />
      </Filters>
      <AuditLog
        pages={pages}
        empty={
          isFiltered ? (
            <NothingHere title={words.empty.filteredTitle} text={words.empty.filteredText} />
          ) : (
            <NothingHere
              icon={<IconHistory size={26} stroke={1.6} />}
              title={words.empty.title}
              text={words.empty.text}
            />
          )
        }
      />
    </>
  );
}

const ACTIONS = choices(words.actions);
const TYPES = choices(words.types);

function choices(names: Readonly<Record<string, string>>) {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}
