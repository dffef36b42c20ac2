import { resolve } from 'node:path';
import type { Verdict } from '@awe/server/integrity/verify-export';
import { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { CliFailure, usageFailure } from '../failure.ts';
import { type ExportFile, openExportFile } from './export-file.ts';
import { exportedLines, type Range, withRange } from './exported-lines.ts';

type Options = Range & { checkpoints?: string; key?: string; save?: string; force?: boolean };

/** `awe verify`: whether the log is as it was written. */
export function verifyCommand(context: Context): Command {
  const command = new Command('verify')
    .description(
      'Verifies hash chains, states and checkpoints of the approval log: in files, which needs neither the service nor a network, or without a file in an export that it fetches. The exit code is 0 when nothing is wrong, 1 when something is, 2 when a file cannot be used.',
    )
    .argument(
      '[files...]',
      'an export, and archives of requests that were taken out of the database after it',
    )
    .option(
      '--checkpoints <file>',
      'checkpoints that you kept: only they show that the newest rows were deleted',
    )
    .option('--key <file>', 'the public key to trust, as a JWK; without it those in the export are used')
    .option('--save <file>', 'without files: keep the export')
    .option('--force', 'overwrite a file that exists')
    .action(async (files: string[], options: Options) => verify(files, options, context));
  return explain(withRange(command, context), {
    role: 'AWE_VIEWER',
    examples: [
      [
        'verify log.ndjson --checkpoints kept.ndjson --key key.json',
        'a file, as an auditor does: no token is needed',
      ],
      ['verify --save log.ndjson', 'what the service exports now'],
    ],
  });
}

async function verify(files: readonly string[], options: Options, context: Context): Promise<void> {
  const { since, until, save } = options;
  if (files.length > 0 && [since, until, save].some((each) => each !== undefined)) {
    throw usageFailure('--save, --since and --until go with an export that is fetched, not with files.');
  }
  const verdict = await readable(() => verdictOn(files, options, context));
  const { tellVerdict } = await import('@awe/server/integrity/verify-files');
  await context.out.result({ valid: verdict.faults.length === 0, ...verdict }, () =>
    tellVerdict(verdict).trimEnd(),
  );
  if (verdict.faults.length > 0) context.endWith(EXIT.refused);
}

async function verdictOn(files: readonly string[], options: Options, context: Context): Promise<Verdict> {
  // Loaded when there is something to verify: cryptography that no other command needs.
  const { verifyExport } = await import('@awe/server/integrity/verify-export');
  const { linesOf, readCheckpoints, readKeys } = await import('@awe/server/integrity/verify-files');
  const place = (file: string) => resolve(context.cwd, file);
  const held = {
    checkpoints: options.checkpoints === undefined ? [] : await readCheckpoints(place(options.checkpoints)),
    keys: options.key === undefined ? [] : await readKeys(place(options.key)),
  };
  if (files.length > 0) return verifyExport(linesOf(files.map(place)), held);
  const { save, force = false, ...range } = options;
  if (save === undefined)
    return verifyExport(
      exportedLines(range, context, async () => {}),
      held,
    );
  const file = await openExportFile(context.cwd, save, force);
  return kept(file, () => verifyExport(exportedLines(range, context, file.write), held));
}

async function kept(file: ExportFile, work: () => Promise<Verdict>): Promise<Verdict> {
  try {
    const verdict = await work();
    await file.keep();
    return verdict;
  } finally {
    await file.close();
  }
}

/** A file that cannot be used is told from a log that is wrong. */
async function readable(work: () => Promise<Verdict>): Promise<Verdict> {
  const { Unusable } = await import('@awe/server/integrity/verify-files');
  return work().catch((error: unknown) => {
    throw error instanceof Unusable ? new CliFailure(`${error.message}.`, EXIT.pending) : error;
  });
}
