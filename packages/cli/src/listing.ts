import { type Command, Option } from 'commander';
import type { Context } from './context.ts';
import { wholeNumber } from './values.ts';

export type ListOptions = { limit: number; all?: boolean };

const ROWS = 50;
const LARGEST_PAGE = 500;
const MOST_ROWS = 1_000_000;

/** Adds the options that say how long a list may be. */
export function withPages<Kind extends Command>(command: Kind): Kind {
  return command
    .addOption(
      new Option('-n, --limit <rows>', 'how many rows at most, newest first')
        .argParser(wholeNumber(1, MOST_ROWS))
        .default(ROWS),
    )
    .addOption(new Option('--all', 'every row there is, page after page').conflicts('limit'));
}

/**
 * The rows that were asked for, from as many pages as they take. `pages` gets the size of a page. That there may be
 * more is said to whoever sits at a terminal.
 */
export async function* rowsOf<Row>(
  pages: (page: number) => AsyncIterable<Row>,
  { limit, all = false }: ListOptions,
  { out }: Context,
): AsyncGenerator<Row> {
  let count = 0;
  for await (const row of pages(all ? LARGEST_PAGE : Math.min(limit, LARGEST_PAGE))) {
    yield row;
    count += 1;
    if (all || count < limit) continue;
    if (out.terminal) out.note(`These are the newest ${limit}; --all shows every one, --limit more of them.`);
    return;
  }
}

export async function everyOne<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
