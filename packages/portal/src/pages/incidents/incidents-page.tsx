import type { IncidentOut } from '@awe/contract/incidents';
import { Button, Skeleton, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { FailureNotice } from '../../blocks/failure-notice.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../blocks/filters.tsx';
import { NothingHere } from '../../blocks/nothing-here.tsx';
import { PageHeader } from '../../blocks/page-header.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import { Incident } from './incident.tsx';
import css from './incidents.module.css';
import { KINDS, type Kind } from './kinds.ts';
import { type Result, Results } from './results.tsx';

const words = t.incidents;
const route = getRouteApi('/incidents');
const EVERY_MS = 15_000;
/** Of each kind, at first and at most. */
const SOME = 100;
const MOST = 500;
/** More would hide the page, on top of which they stay. */
const RESULTS = 3;

const KIND_CHOICES = KINDS.map((kind) => ({ value: kind, label: words.kinds[kind].title }));

/** What needs somebody, by kind, each with what repairs it. */
export function IncidentsPage(): ReactNode {
  const { kind } = route.useSearch();
  const { set, clear, isFiltered } = useFilters();
  const [limit, setLimit] = useState(SOME);
  const [results, setResults] = useState<readonly Result[]>([]);
  const incidents = useOperation('listIncidents', { query: { kind, limit } }, { every: EVERY_MS });
  const tell = (result: Result) =>
    setResults((before) => [result, ...before.filter(({ id }) => id !== result.id)].slice(0, RESULTS));
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <Filters isFiltered={isFiltered} onClear={clear}>
        <ChoiceFilter
          label={words.filterKind}
          value={kind}
          onChange={(chosen) => set({ kind: chosen })}
          choices={KIND_CHOICES}
        />
      </Filters>
      <Results
        results={results}
        onDismiss={(id) => setResults((before) => before.filter((each) => each.id !== id))}
      />
      <FailureNotice failure={incidents.error} onRetry={() => void incidents.refetch()} />
      {incidents.isPending && <Loading />}
      {incidents.data?.length === 0 && (
        <Sheet flush>
          {isFiltered ? (
            <NothingHere title={words.empty.filteredTitle} text={words.empty.filteredText} />
          ) : (
            <NothingHere
              icon={<IconCircleCheck size={28} stroke={1.6} />}
              title={words.empty.title}
              text={words.empty.text}
            />
          )}
        </Sheet>
      )}
      <Stack gap="xl" mt="xl">
        {KINDS.map((each) => (
          <Section
            key={each}
            kind={each}
            incidents={incidents.data?.filter((incident) => incident.kind === each) ?? []}
            limit={limit}
            onMore={() => setLimit(MOST)}
            onResult={tell}
          />
        ))}
      </Stack>
    </>
  );
}

function Section({
  kind,
  incidents,
  limit,
  onMore,
  onResult,
}: {
  kind: Kind;
  incidents: readonly IncidentOut[];
  limit: number;
  onMore: () => void;
  onResult: (result: Result) => void;
}): ReactNode {
  if (incidents.length === 0) return null;
  const { title, text } = words.kinds[kind];
  return (
    <section aria-labelledby={`incidents-${kind}`}>
      <h2 id={`incidents-${kind}`} className={css.heading}>
        {title} <span className={css.count}>{incidents.length}</span>
      </h2>
      <p className={css.lead}>{text}</p>
      <ul className={css.list}>
        {incidents.map((incident) => (
          <Incident key={incident.id} incident={incident} onResult={onResult} />
        ))}
      </ul>
      {incidents.length >= limit && (
        <p className={css.more}>
          {words.most(limit)}
          {limit < MOST && (
            <Button variant="default" size="xs" onClick={onMore}>
              {words.more}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}

function Loading(): ReactNode {
  return (
    <Stack role="status" aria-label={t.blocks.loading}>
      <Skeleton height="8rem" radius="lg" />
      <Skeleton height="8rem" radius="lg" />
    </Stack>
  );
}
