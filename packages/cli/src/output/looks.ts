import type { Style } from './output.ts';
import type { Column, Look } from './table.ts';

const STEPS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
] as const;

/** How far a moment is from `now`, in its largest unit: `3d ago`, `in 5h`, `now`. */
export function distance(moment: string, now: Date): string {
  const ms = now.getTime() - Date.parse(moment);
  const step = STEPS.find(([size]) => Math.abs(ms) >= size);
  if (step === undefined) return 'now';
  const [size, unit] = step;
  const count = `${Math.floor(Math.abs(ms) / size)}${unit}`;
  return ms < 0 ? `in ${count}` : `${count} ago`;
}

/** The end of an id: it tells neighbours apart, for the beginning of a UUID v7 is a time. */
export function shortId(id: string): string {
  return id.length > 12 ? `…${id.slice(-12)}` : id;
}

const STATUS_STYLES: Readonly<Record<string, Style>> = {
  approved: 'green',
  completed: 'green',
  delivered: 'green',
  active: 'green',
  rejected: 'red',
  exhausted: 'red',
  expired: 'red',
  cancelled: 'gray',
  skipped: 'gray',
  reassigned: 'gray',
  archived: 'gray',
  open: 'yellow',
  claimed: 'yellow',
  pending: 'yellow',
  in_review: 'yellow',
};

export function paintStatus(status: string, paint: Look['paint']): string {
  const style = STATUS_STYLES[status];
  return style === undefined ? status : paint(style, status);
}

type Of<Row> = Column<Row>['of'];

/** On a terminal: how long ago, or how long from now on. */
export function momentColumn<Row>(title: string, of: Of<Row>): Column<Row> {
  return { title, of, shown: (value, { now }) => distance(value, now) };
}

/** On a terminal only its end: for ids that the next command does not ask for. */
export function otherIdColumn<Row>(title: string, of: Of<Row>): Column<Row> {
  return { title, of, shown: shortId };
}

export function statusColumn<Row extends { status: string }>(): Column<Row> {
  return {
    title: 'STATUS',
    of: ({ status }) => status,
    shown: (value, { paint }) => paintStatus(value, paint),
  };
}
