import type { DeliveryOut } from '@awe/contract/deliveries';
import { IconSend } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Column, DataTable } from '../../blocks/data-table.tsx';
import { ChoiceFilter, Filters, TextFilter, useFilters } from '../../blocks/filters.tsx';
import { Moment } from '../../blocks/moment.tsx';
import { MomentFilter } from '../../blocks/moment-filter.tsx';
import { NothingHere } from '../../blocks/nothing-here.tsx';
import { StatusBadge } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import css from './deliveries.module.css';
import { EVENT_CHOICES, eventInWords } from './event-words.ts';
import { FILTERS } from './search.ts';
import { DELIVERY_STATUSES } from './statuses.ts';
import { useDeliveries } from './use-deliveries.ts';

const words = t.deliveries;
const route = getRouteApi('/deliveries');
const STATUS_CHOICES = DELIVERY_STATUSES.map((value) => ({ value, label: t.blocks.statuses[value] }));

/** Deliveries, newest first, narrowed as the address says. */
export function DeliveryList(): ReactNode {
  const { delivery: _, view: __, ...query } = route.useSearch();
  const { status, receiver, event_type, request_id, since, until } = query;
  const { set } = useFilters<typeof query>();
  const isFiltered = FILTERS.some((filter) => query[filter] !== undefined);
  const pages = useDeliveries(query);
  const { filters, empty } = words;
  return (
    <>
      <Filters
        isFiltered={isFiltered}
        onClear={() => set(Object.fromEntries(FILTERS.map((filter) => [filter, undefined])))}
      >
        <ChoiceFilter
          label={filters.status}
          value={status}
          onChange={(value) => set({ status: value })}
          choices={STATUS_CHOICES}
        />
        <ChoiceFilter
          label={filters.event}
          value={event_type}
          onChange={(value) => set({ event_type: value })}
          choices={EVENT_CHOICES}
        />
        <TextFilter
          label={filters.receiver}
          placeholder={filters.receiverHint}
          value={receiver}
          onChange={(value) => set({ receiver: value })}
        />
        <TextFilter
          label={filters.request}
          placeholder={filters.requestHint}
          value={request_id}
          onChange={(value) => set({ request_id: value })}
        />
        <MomentFilter label={filters.since} value={since} onChange={(value) => set({ since: value })} />
        <MomentFilter label={filters.until} value={until} onChange={(value) => set({ until: value })} />
      </Filters>
      <DataTable
        caption={words.title}
        columns={COLUMNS}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          isFiltered ? (
            <NothingHere title={empty.filteredTitle} text={empty.filteredText} />
          ) : (
            <NothingHere icon={<IconSend size={26} stroke={1.6} />} title={empty.title} text={empty.text} />
          )
        }
      />
    </>
  );
}

const COLUMNS: readonly Column<DeliveryOut>[] = [
  {
    key: 'event',
    header: words.columns.event,
    cell: ({ id, event_type }) => (
      <Link
        to="/deliveries"
        search={(before) => ({ ...before, delivery: id })}
        replace
        resetScroll={false}
        className={css.event ?? ''}
        aria-label={words.inspect(eventInWords(event_type))}
      >
        {eventInWords(event_type)}
      </Link>
    ),
  },
  { key: 'status', header: words.columns.status, cell: ({ status }) => <StatusBadge status={status} /> },
  {
    key: 'receiver',
    header: words.columns.receiver,
    width: '30%',
    cell: ({ receiver }) => <span className={css.address}>{receiver}</span>,
  },
  {
    key: 'attempts',
    header: words.columns.attempts,
    cell: ({ attempt, max_attempts }) => words.attemptsOf(attempt, max_attempts),
  },
  { key: 'outcome', header: words.columns.outcome, cell: (delivery) => <Outcome {...delivery} /> },
  { key: 'created', header: words.columns.created, cell: ({ created_at }) => <Moment at={created_at} /> },
];

/** How the last attempt went, and when the next one is. */
function Outcome({ last_status_code, last_error, next_attempt_at }: DeliveryOut): ReactNode {
  if (last_status_code === null && last_error === null && next_attempt_at === null) return null;
  return (
    <span className={css.outcome}>
      {last_error ?? last_status_code}
      {next_attempt_at !== null && (
        <span className={css.aside}>
          {words.columns.next} <Moment at={next_attempt_at} />
        </span>
      )}
    </span>
  );
}
