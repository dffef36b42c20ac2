import type { ReceiverOut } from '@awe/contract/receivers';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconPlayerPause } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { usePages } from '../../../api/use-pages.ts';
import { type Column, DataTable } from '../../../blocks/data-table.tsx';
import { Moment } from '../../../blocks/moment.tsx';
import { NothingHere } from '../../../blocks/nothing-here.tsx';
import { Can, useMay } from '../../../session/may.tsx';
import { t } from '../../../strings/t.ts';
import { capped } from '../../overview/numbers.ts';
import css from '../deliveries.module.css';
import { PauseReceiver } from './pause-receiver.tsx';
import { ReceiverState } from './receiver-state.tsx';
import { ResumeReceiver } from './resume-receiver.tsx';

const words = t.deliveries.receivers;
const EVERY_MS = 10_000;

/** Who is called back and has something waiting, or is paused. */
export function ReceiverList(): ReactNode {
  const pages = usePages('listReceivers', { query: {} }, { every: EVERY_MS });
  const mayPause = useMay('pauseReceiver');
  const [pausing, setPausing] = useState<string | null>(null);
  const actions: Column<ReceiverOut> = {
    key: 'actions',
    header: words.columns.actions,
    align: 'end',
    cell: ({ receiver, paused }) =>
      paused ? (
        <ResumeReceiver receiver={receiver} />
      ) : (
        <Button
          variant="default"
          size="xs"
          aria-label={words.pauseOf(receiver)}
          onClick={() => setPausing(receiver)}
        >
          {words.pause}
        </Button>
      ),
  };
  return (
    <>
      <div className={css.above}>
        <p className={css.lead}>{words.lead}</p>
        <Can call="pauseReceiver">
          <Button
            variant="default"
            leftSection={<IconPlayerPause size={18} aria-hidden />}
            onClick={() => setPausing('')}
          >
            {words.pauseAny}
          </Button>
        </Can>
      </div>
      <DataTable
        caption={words.title}
        columns={mayPause ? [...COLUMNS, actions] : COLUMNS}
        pages={pages}
        rowKey={({ receiver }) => receiver}
        empty={
          <NothingHere
            icon={<IconCircleCheck size={26} stroke={1.6} />}
            title={words.empty.title}
            text={words.empty.text}
          />
        }
      />
      <PauseReceiver receiver={pausing} onClose={() => setPausing(null)} />
    </>
  );
}

const COLUMNS: readonly Column<ReceiverOut>[] = [
  {
    key: 'receiver',
    header: words.columns.receiver,
    cell: ({ receiver }) => <span className={css.address}>{receiver}</span>,
  },
  { key: 'state', header: words.columns.state, cell: (receiver) => <ReceiverState {...receiver} /> },
  {
    key: 'pending',
    header: words.columns.pending,
    cell: ({ receiver, pending, oldest_pending_at }) => (
      <Count receiver={receiver} status="pending" count={pending} oldest={oldest_pending_at} />
    ),
  },
  {
    key: 'exhausted',
    header: words.columns.exhausted,
    cell: ({ receiver, exhausted, oldest_exhausted_at }) => (
      <Count receiver={receiver} status="exhausted" count={exhausted} oldest={oldest_exhausted_at} />
    ),
  },
  {
    key: 'next',
    header: words.columns.next,
    cell: ({ next_attempt_at, paused }) =>
      paused || !next_attempt_at ? null : <Moment at={next_attempt_at} />,
  },
];

/** How many, the age of the oldest, and the way to them. */
function Count({
  receiver,
  status,
  count,
  oldest,
}: {
  receiver: string;
  status: 'pending' | 'exhausted';
  count: number;
  oldest: string | null;
}): ReactNode {
  if (count === 0) return <span className={css.aside}>0</span>;
  const of = status === 'pending' ? words.pendingOf : words.exhaustedOf;
  return (
    <Link
      to="/deliveries"
      search={{ receiver, status }}
      className={css.count ?? ''}
      aria-label={`${capped(count)} · ${of(receiver)}`}
    >
      <strong>{capped(count)}</strong>
      {oldest !== null && (
        <span className={css.aside}>
          {words.oldest} <Moment at={oldest} />
        </span>
      )}
    </Link>
  );
}
