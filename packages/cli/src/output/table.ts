import type { Paint } from './output.ts';

export type Look = { paint: Paint; now: Date };

/** `of`: the full value, for pipes; null is shown as nothing. `shown`: how a person reads it on a terminal. */
export type Column<Row> = {
  title: string;
  of: (row: Row) => string | number | null | undefined;
  shown?: (value: string, look: Look) => string;
};

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/** Rows under their titles, columns as wide as what is in them; without a line end at the end. */
export async function drawTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): Promise<string> {
  // Loaded when a table is drawn: a pipe does without.
  const { default: Table } = await import('cli-table3');
  const table = new Table({
    head: titles.map((title) => paint('bold', title)),
    chars: NO_BORDERS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().replace(/ +$/gm, '');
}
