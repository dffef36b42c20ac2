import type { Line } from '@awe/client';
import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { CliFailure } from '../failure.ts';
import { moment } from '../values.ts';

export type Range = { since?: string; until?: string };

/** Adds the options that say which requests are exported. */
export function withRange<Kind extends Command>(command: Kind, context: Context): Kind {
  const bound = (flags: string, description: string) =>
    new Option(flags, description).argParser(moment(context.now));
  return command
    .addOption(bound('--since <moment>', 'only requests started from this moment on'))
    .addOption(bound('--until <moment>', 'only requests started before this moment'));
}

/**
 * The lines of an export, as the service writes them, counted on a terminal. Each goes to `keep` first.
 * @throws CliFailure when the last line did not come, so that nobody takes a part for the whole
 */
export async function* exportedLines(
  { since, until }: Range,
  context: Context,
  keep: (line: string) => Promise<void>,
): AsyncGenerator<Line> {
  const { out, signal } = context;
  const awe = await context.client();
  const bar = await out.progress('Exporting: lines', null);
  let last: unknown = null;
  try {
    for await (const line of awe.lines.exportLog({ query: { since, until }, signal })) {
      await keep(JSON.stringify(line));
      bar.advance(1);
      last = line.type;
      yield line;
    }
  } finally {
    bar.done();
  }
  if (last !== 'end')
    throw new CliFailure('The export was cut short: its last line did not come. Export again.');
}
