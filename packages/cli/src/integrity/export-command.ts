import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { openExportFile } from './export-file.ts';
import { exportedLines, type Range, withRange } from './exported-lines.ts';

type Options = Range & { force?: boolean };

/** `awe export`: everything that can be verified, as a file. */
export function exportCommand(context: Context): Command {
  const command = new Command('export')
    .description(
      'Writes checkpoints, requests with their timelines, and the audit log as lines of JSON. A file has its name only when it is whole.',
    )
    .argument('<file>', 'where to; - for standard output')
    .option('--force', 'overwrite a file that exists')
    .action(async (file: string, options: Options) => {
      if (file === '-') await toOutput(options, context);
      else await toFile(file, options, context);
    });
  return explain(withRange(command, context), {
    role: 'AWE_VIEWER',
    examples: [
      ['export log.ndjson', 'everything'],
      [
        'export - --since 2026-01-01 --until 2027-01-01 | gzip > log-2026.ndjson.gz',
        'the requests of a year',
      ],
    ],
  });
}

async function toOutput(range: Range, context: Context): Promise<void> {
  for await (const _ of exportedLines(range, context, context.out.line));
}

async function toFile(name: string, { force = false, ...range }: Options, context: Context): Promise<void> {
  const { out } = context;
  const file = await openExportFile(context.cwd, name, force);
  let lines = 0;
  try {
    for await (const _ of exportedLines(range, context, file.write)) lines += 1;
    await file.keep();
  } finally {
    await file.close();
  }
  await out.result(
    { file: file.path, lines },
    () => `${lines} lines are in ${file.path}. Verify them with: awe verify ${name}`,
  );
}
