import type { OverviewDayOut } from '@awe/contract/overview';
import { Box, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { Sheet } from '../../blocks/sheet.tsx';
import { t } from '../../strings/t.ts';
import css from './days.module.css';
import { dayInWords, inFigures } from './numbers.ts';
import page from './overview.module.css';

const words = t.overview.days;
const COUNTS = ['created', 'approved', 'rejected', 'cancelled'] as const;
// The library that draws it is as large as the rest of the page together.
const Chart = lazy(async () => ({ default: (await import('./days-chart.tsx')).DaysChart }));

/** What was decided on each of the last 30 days: a picture, and the same in numbers. */
export function Days({ days }: { days: readonly OverviewDayOut[] }): ReactNode {
  const total = (of: 'approved' | 'rejected' | 'cancelled') => days.reduce((sum, day) => sum + day[of], 0);
  const [approved, rejected, cancelled] = [total('approved'), total('rejected'), total('cancelled')];
  return (
    <Sheet title={words.title}>
      {approved + rejected + cancelled === 0 ? (
        <p className={page.nothing}>{words.none}</p>
      ) : (
        <>
          <div
            role="img"
            aria-label={words.picture(inFigures(approved), inFigures(rejected), inFigures(cancelled))}
            className={css.picture}
          >
            <Suspense fallback={<Skeleton height="100%" />}>
              <Chart days={days} />
            </Suspense>
          </div>
          <details className={css.numbers}>
            <summary>{words.numbers}</summary>
            <Numbers days={days} />
          </details>
        </>
      )}
      <p className={page.more}>
        <Link to="/requests">{words.all}</Link>
      </p>
    </Sheet>
  );
}

/** The latest day first: what is looked up is mostly of this week. */
function Numbers({ days }: { days: readonly OverviewDayOut[] }): ReactNode {
  return (
    // It scrolls, so keys must be able to reach it.
    <Box role="region" className={css.scroll ?? ''} aria-label={words.title} tabIndex={0}>
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">{words.day}</th>
            {COUNTS.map((count) => (
              <th key={count} scope="col">
                {words[count]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.day}>
              <th scope="row">
                <time dateTime={day.day}>{dayInWords(day.day)}</time>
              </th>
              {COUNTS.map((count) => (
                <td key={count}>{inFigures(day[count])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}
