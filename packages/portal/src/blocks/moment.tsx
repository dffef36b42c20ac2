import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { LOCALE, t } from '../strings/t.ts';
import css from './moment.module.css';
import { useNow } from './use-now.ts';

const ABSOLUTE = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' });
const RELATIVE = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
const UNITS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** A moment in the viewer’s zone. */
export function inWords(at: string): string {
  return ABSOLUTE.format(new Date(at));
}

/** How far away it is: `in 3 hours`, `2 days ago`; within a minute `now`. `now` in milliseconds. */
export function howFar(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000;
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return unit ? RELATIVE.format(Math.trunc(seconds / unit[1]), unit[0]) : RELATIVE.format(0, 'second');
}

/** When something was or will be; the other form and the UTC show on hover. `at` null: never. */
export function Moment({
  at,
  show = 'relative',
}: {
  at: string | null | undefined;
  show?: 'relative' | 'absolute';
}): ReactNode {
  const now = useNow();
  if (at === null || at === undefined) return <span className={css.never}>{t.blocks.never}</span>;
  const [shown, other] =
    show === 'relative' ? [howFar(at, now), inWords(at)] : [inWords(at), howFar(at, now)];
  return (
    <Tooltip label={`${other} · ${at}`} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at}>{shown}</time>
    </Tooltip>
  );
}
