import type { OverviewIncidentsOut } from '@awe/contract/overview';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import css from './incident-line.module.css';
import { capped } from './numbers.ts';

const words = t.overview.incidents;
const KINDS = ['overdue', 'lookup_failed', 'deliveries_exhausted'] as const;

/** What needs repair, by kind, before everything else; one calm line when nothing does. */
export function IncidentLine({ incidents }: { incidents: OverviewIncidentsOut }): ReactNode {
  const present = KINDS.filter((kind) => incidents[kind] > 0);
  if (present.length === 0) {
    return (
      <section className={`${css.line} ${css.well}`} aria-label={words.label}>
        <IconCircleCheck size={20} aria-hidden />
        <Link to="/incidents">{words.none}</Link>
      </section>
    );
  }
  return (
    <section className={`${css.line} ${css.wrong}`} aria-label={words.label}>
      <IconAlertTriangle size={20} aria-hidden />
      <ul>
        {present.map((kind) => (
          <li key={kind}>
            <Link to="/incidents" search={{ kind }}>
              {words.kinds[kind](incidents[kind], capped(incidents[kind]))}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
