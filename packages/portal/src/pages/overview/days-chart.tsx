import '@mantine/charts/styles.css';
import type { OverviewDayOut } from '@awe/contract/overview';
import { BarChart } from '@mantine/charts';
import type { ReactNode } from 'react';
import { t } from '../../strings/t.ts';
import css from './days.module.css';
import { dayInWords, inFigures } from './numbers.ts';

const words = t.overview.days;
const SERIES = [
  { name: 'approved', label: words.approved, color: 'var(--approved)' },
  { name: 'rejected', label: words.rejected, color: 'var(--rejected)' },
  { name: 'cancelled', label: words.cancelled, color: 'var(--cancelled)' },
];

/** A bar a day, one part for each way a request ended. Only a picture: nothing in it can be reached by keys. */
export function DaysChart({ days }: { days: readonly OverviewDayOut[] }): ReactNode {
  return (
    <div className={css.chart}>
      <BarChart
        h="100%"
        type="stacked"
        data={days.map((day) => ({ ...day, day: dayInWords(day.day) }))}
        dataKey="day"
        series={SERIES}
        withLegend
        accessibilityLayer={false}
        tickLine="none"
        gridAxis="x"
        strokeDasharray="0"
        gridColor="var(--awe-line)"
        textColor="var(--mantine-color-dimmed)"
        cursorFill="var(--awe-veil)"
        maxBarWidth={18}
        barProps={{ isAnimationActive: false }}
        xAxisProps={{ minTickGap: 24 }}
        yAxisProps={{ allowDecimals: false, width: 40 }}
        valueFormatter={inFigures}
      />
    </div>
  );
}
