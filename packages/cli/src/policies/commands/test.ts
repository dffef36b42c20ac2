import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { explain } from '../../explain.ts';
import { CliFailure } from '../../failure.ts';
import { printable } from '../../output/printable.ts';
import { readSourceFiles } from '../reading/source-files.ts';
import type { Difference } from '../simulating/expectation.ts';
import { type CaseResult, runFixtures } from '../simulating/run-fixtures.ts';
import { counted, type FileOptions, faultLines, withFiles } from './given-files.ts';

export function testCommand(context: Context): Command {
  const command = new Command('test')
    .summary('run the fixtures beside policy files, without a service')
    .description(
      'Runs the cases of every *.simulate.yaml: each gives a context and the people there are, and says who is then asked ' +
        'at each stage. By the engine that the service runs. Exit code 1 when a case comes out differently.',
    )
    .action(async ({ file }: FileOptions) => test(file, context));
  return explain(withFiles(command), {
    role: 'none',
    examples: [['policy test -f policies/', 'every fixture of a directory']],
  });
}

/** Prints `{passed, failed, cases: [{file, line, policy_key, name, differences}], faults}`. */
async function test(paths: readonly string[], { out, cwd }: Context): Promise<void> {
  const { files, faults: unread } = await readSourceFiles(paths, cwd);
  const fixtures = files.filter(({ kind }) => kind === 'fixture');
  const { results, faults: wrong } = await runFixtures(fixtures, cwd);
  const faults = [...unread, ...wrong];
  const failed = results.filter(({ differences }) => differences.length > 0);
  const passed = results.length - failed.length;
  await out.result({ passed, failed: failed.length, cases: results, faults }, () =>
    [
      ...results.map((each) => caseText(each, out.paint)),
      ...(faults.length > 0 ? [faultLines(faults)] : []),
      `${counted(passed, 'case', 'cases')} passed, ${failed.length} failed.`,
    ].join('\n'),
  );
  if (faults.length > 0)
    throw new CliFailure(`${counted(faults.length, 'fault', 'faults')} found: correct the files.`);
  if (failed.length > 0)
    throw new CliFailure(`${counted(failed.length, 'case', 'cases')} came out differently.`);
  if (results.length === 0)
    throw new CliFailure('No fixture was found: write one, such as policies/two-of-five.simulate.yaml.');
}

function caseText(
  { policy_key, name, file, line, differences }: CaseResult,
  paint: Context['out']['paint'],
): string {
  const title = printable(`${policy_key}: ${name}`);
  if (differences.length === 0) return `${paint('green', '✓')} ${title}`;
  return [
    `${paint('red', '✗')} ${title} (${printable(file)}:${line})`,
    ...differences.flatMap((each) => differenceText(each, paint)),
  ].join('\n');
}

function differenceText(
  { where, what, expected, actual }: Difference,
  paint: Context['out']['paint'],
): string[] {
  return [
    `    ${where === null ? '' : `stage ${JSON.stringify(printable(where))}, `}${what}`,
    paint('green', `      expected: ${printable(expected)}`),
    paint('red', `      came out: ${printable(actual)}`),
  ];
}
