import type { EventOut } from '@awe/contract/requests';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import { Choice } from './choice.tsx';
import { Disclosure } from './disclosure.tsx';
import { eventNote, eventTone, eventWords } from './event-words.ts';
import css from './timeline.module.css';

const words = t.requests.timeline;
const MOST_EVENTS = 25;
const ORDERS = [
  { value: 'newest', label: words.newest },
  { value: 'oldest', label: words.oldest },
] as const;
type Order = (typeof ORDERS)[number]['value'];

/** All that happened, in sentences; the payload of each event is one click away. */
export function Timeline({
  events,
  stageName,
}: {
  events: readonly EventOut[];
  stageName: (order: number) => string;
}): ReactNode {
  const [order, setOrder] = useState<Order>('newest');
  const [isWhole, setWhole] = useState(false);
  const sorted = order === 'newest' ? [...events].reverse() : events;
  return (
    <Sheet title={words.title}>
      <Choice label={words.order} choices={ORDERS} value={order} onChange={setOrder} />
      {events.length === 0 && <p>{words.empty}</p>}
      <ol className={css.events} aria-label={words.title}>
        {(isWhole ? sorted : sorted.slice(0, MOST_EVENTS)).map((event) => (
          <Line key={event.id} event={event} stageName={stageName} />
        ))}
      </ol>
      {!isWhole && events.length > MOST_EVENTS && (
        <Button size="xs" variant="subtle" onClick={() => setWhole(true)}>
          {words.more(events.length)}
        </Button>
      )}
    </Sheet>
  );
}

function Line({ event, stageName }: { event: EventOut; stageName: (order: number) => string }): ReactNode {
  const note = eventNote(event);
  return (
    <li className={css.event} data-tone={eventTone(event)}>
      <div>{eventWords(event, stageName)}</div>
      {note !== null && <div className={css.note}>{note}</div>}
      <Disclosure
        aside={<Moment at={event.created_at} />}
        text={words.payload}
        label={words.payloadOf(event.sequence ?? 0)}
        value={event.payload}
      />
    </li>
  );
}
