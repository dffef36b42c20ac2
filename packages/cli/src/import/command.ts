import type { ImportReport } from '@awe/server/import/report';
import { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { CliFailure, usageFailure } from '../failure.ts';
import { printable } from '../output/printable.ts';
import { readGiven } from '../values.ts';

type Options = { from?: string; map?: string; write?: boolean; by?: string };

/** `awe import`: moving over from the reference implementation. */
export function importCommand(context: Context): Command {
  const command = new Command('import')
    .description(
      'Takes over the PostgreSQL database of the reference implementation: policies, requests with their history, and delegations. Without --write it reads, rebuilds and checks everything, and only reports. A request in flight is taken over only where its state can be shown to be the same here; the others are listed with the reason, and the exit code is 1. DATABASE_URL names the database to import into.',
    )
    .option(
      '--from <url>',
      'the database of the reference implementation, which is only read (AWE_IMPORT_FROM, which other users of this machine cannot see)',
    )
    .option(
      '--map <file>',
      'names of tables, columns, words and secrets that differ; YAML, - for standard input',
    )
    .option('--write', 'import, in one transaction')
    .option('--by <user>', 'with --write: who imports, for the audit log')
    .action(async (options: Options) => importInto(options, context));
  return explain(command, {
    role: 'none',
    examples: [
      ['import --from postgres://reader@old-db:5432/awe', 'what would happen'],
      ['import --map mapping.yaml --json', 'the same for a program, with the address in AWE_IMPORT_FROM'],
      ['import --map mapping.yaml --write --by ada', 'do it; doing it again is safe'],
    ],
  });
}

async function importInto(options: Options, context: Context): Promise<void> {
  const { out } = context;
  const [{ needsAttention }, { tellReport }] = await Promise.all([
    import('@awe/server/import/report'),
    import('@awe/server/import/tell-report'),
  ]);
  const report = await reportOf(options, context);
  await out.result(report, () => tellReport(report).map(printable).join('\n'));
  if (needsAttention(report)) context.endWith(EXIT.refused);
}

async function reportOf({ from, map, write = false, by }: Options, context: Context): Promise<ImportReport> {
  const { env, cwd, signal, out } = context;
  const address = from ?? env.AWE_IMPORT_FROM;
  if (address === undefined)
    throw usageFailure('Say which database to import from, with --from or AWE_IMPORT_FROM.');
  if (write && by === undefined) throw usageFailure('--write needs --by: the audit log names who imports.');
  const mapping = await mappingOf(map, context);
  const [{ loadConfig }, { allowsLoopback }, { systemClock }, { importReference }, { openSource }] =
    await Promise.all([
      import('@awe/server/config/config'),
      import('@awe/server/config/agreement'),
      import('@awe/server/clock'),
      import('@awe/server/import/import-reference'),
      import('@awe/server/ledger/import-source'),
    ]);
  const [{ openTarget }, { migrate }, { createOutbound }] = await Promise.all([
    import('@awe/server/ledger/import-write'),
    import('@awe/server/ledger/migrate'),
    import('@awe/server/outbound/outbound'),
  ]);
  const config = loadConfig({ env, cwd });
  if (config.databaseUrl === null)
    throw usageFailure(
      'Set DATABASE_URL to the PostgreSQL that the service will run on; the embedded one is not imported into.',
    );
  const source = openSource(address);
  const target = openTarget(config.databaseUrl);
  const outbound = createOutbound(config.outbound, { allowLoopback: allowsLoopback(config) });
  const bar = { shown: await out.progress('requests', null), done: 0 };
  try {
    if (source.target === target.target)
      throw usageFailure(
        `--from and DATABASE_URL both lead to the ${source.target}: import into a database of its own.`,
      );
    if (write) await migrate(target, out.note);
    return await importReference({
      source,
      target,
      mapping,
      write,
      by: by ?? 'import',
      clock: systemClock,
      callbackUrlFault: outbound.callbackUrlFault,
      onProgress: ({ done }) => {
        signal.throwIfAborted();
        bar.shown.advance(done - bar.done);
        bar.done = done;
      },
    });
  } finally {
    bar.shown.done();
    await Promise.all([source.close(), target.close(), outbound.close()]);
  }
}

async function mappingOf(file: string | undefined, context: Context) {
  const { NO_MAPPING, readMapping } = await import('@awe/server/import/mapping');
  if (file === undefined) return NO_MAPPING;
  const { mapping, faults } = readMapping(await readGiven('--map', file, context));
  if (faults.length === 0) return mapping;
  throw new CliFailure(
    `${file} cannot be used: ${faults.map(({ path, message }) => `${path} ${message}`).join('; ')}.`,
  );
}
