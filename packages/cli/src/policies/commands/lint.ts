import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { explain } from '../../explain.ts';
import { CliFailure } from '../../failure.ts';
import { counted, type FileOptions, faultLines, validPolicies, withFiles } from './given-files.ts';

type Options = FileOptions & { strict?: boolean };

export function lintCommand(context: Context): Command {
  const command = new Command('lint')
    .summary('find what works, but is probably not meant')
    .description(
      'Checks policy files as validate does, and then warns of what works but is probably not meant. Warnings leave the ' +
        'exit code at 0 unless --strict.',
    )
    .option('--strict', 'exit code 1 when there is a warning')
    .action(async (options: Options) => lint(options, context));
  return explain(withFiles(command), {
    role: 'none',
    examples: [['policy lint -f policies/ --strict', 'in a pipeline']],
  });
}

async function lint({ file, strict = false }: Options, context: Context): Promise<void> {
  const { policies } = await validPolicies(file, context);
  const warnings = policies.flatMap((policy) => policy.warnings);
  await context.out.result({ policies: policies.length, warnings }, () =>
    warnings.length === 0
      ? `${counted(policies.length, 'policy', 'policies')}, no warning.`
      : faultLines(warnings),
  );
  if (strict && warnings.length > 0) {
    throw new CliFailure(
      `${counted(warnings.length, 'warning', 'warnings')} found, and --strict allows none.`,
    );
  }
}
