import type { Output } from './output.ts';
import { printable } from './printable.ts';
import { type Column, drawTable } from './table.ts';

type Target = { out: Output; write: (text: string) => Promise<void> };

/** See `Output.list`. Except on a terminal each row is written as it comes, so that a list may be of any length. */
export async function writeRows<Row>(
  { out, write }: Target,
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly Column<Row>[],
  empty: string,
): Promise<void> {
  if (out.json) return writeArray(write, rows);
  const cells = (row: Row) => columns.map(({ of }) => printable(String(of(row) ?? '')));
  if (!out.terminal) {
    for await (const row of rows) await write(`${cells(row).join('\t')}\n`);
    return;
  }
  const look = { paint: out.paint, now: out.now() };
  const drawn: string[][] = [];
  for await (const row of rows) {
    drawn.push(
      cells(row).map((value, at) => (value === '' ? '-' : (columns[at]?.shown?.(value, look) ?? value))),
    );
  }
  if (drawn.length === 0) return out.note(empty);
  const titles = columns.map(({ title }) => title);
  await write(`${await drawTable(titles, drawn, out.paint)}\n`);
}

async function writeArray(
  write: Target['write'],
  rows: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<void> {
  let opened = false;
  for await (const row of rows) {
    await write(`${opened ? ',' : '['}\n${JSON.stringify(row, null, 2).replace(/^/gm, '  ')}`);
    opened = true;
  }
  await write(opened ? '\n]\n' : '[]\n');
}
