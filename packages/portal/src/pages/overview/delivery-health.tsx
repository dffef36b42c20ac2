import type { OverviewDeliveriesOut } from '@awe/contract/overview';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Moment } from '../../blocks/moment.tsx';
import { Sheet } from '../../blocks/sheet.tsx';
import { Badge } from '../../blocks/status-badge.tsx';
import { t } from '../../strings/t.ts';
import css from './delivery-health.module.css';
import { inFigures } from './numbers.ts';
import page from './overview.module.css';

const words = t.overview.deliveries;
/** Attempts begin within a second; what has been due for longer than this stands in a queue. Milliseconds. */
const PATIENCE_MS = 60_000;

/** Whether webhooks go out in time, and where those are that did not. */
export function DeliveryHealth({
  deliveries,
  asOf,
}: {
  deliveries: OverviewDeliveriesOut;
  asOf: string;
}): ReactNode {
  const { pending, exhausted, delivered_in_a_day, oldest_pending_at, due_since, paused_receivers } =
    deliveries;
  const isBehind = due_since !== null && Date.parse(asOf) - Date.parse(due_since) > PATIENCE_MS;
  return (
    <Sheet title={words.title}>
      <p className={css.state}>
        <Badge tone={isBehind ? 'wait' : 'good'}>{isBehind ? words.behind : words.keepingUp}</Badge>
        {isBehind && (
          <span className={page.aside}>
            {words.dueSince} <Moment at={due_since} />
          </span>
        )}
      </p>
      <ul className={css.list}>
        <Line
          name={words.delivered}
          count={delivered_in_a_day}
          link={{ to: '/deliveries', search: { status: 'delivered' } }}
        />
        <Line
          name={words.pending}
          count={pending}
          link={{ to: '/deliveries', search: { status: 'pending' } }}
          more={
            oldest_pending_at && (
              <>
                {words.oldest} <Moment at={oldest_pending_at} />
              </>
            )
          }
        />
        <Line
          name={words.exhausted}
          count={exhausted}
          isBad={exhausted > 0}
          link={{ to: '/deliveries', search: { status: 'exhausted' } }}
        />
        <Line
          name={words.paused}
          count={paused_receivers}
          link={{ to: '/deliveries', search: { view: 'receivers' } }}
        />
      </ul>
      <p className={page.more}>
        <Link to="/deliveries">{words.all}</Link>
      </p>
    </Sheet>
  );
}

function Line({
  name,
  count,
  link,
  more,
  isBad = false,
}: {
  name: string;
  count: number;
  link: LinkProps;
  more?: ReactNode;
  isBad?: boolean;
}): ReactNode {
  return (
    <li>
      <Link {...link} className={isBad ? `${css.line} ${css.bad}` : (css.line ?? '')}>
        <span>
          {name}
          {more && <span className={page.aside}> {more}</span>}
        </span>
        <strong>{inFigures(count)}</strong>
      </Link>
    </li>
  );
}
