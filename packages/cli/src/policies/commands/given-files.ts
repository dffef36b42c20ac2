import { type Command, Option } from 'commander';
import type { Context } from '../../context.ts';
import { CliFailure } from '../../failure.ts';
import { printable } from '../../output/printable.ts';
import { type FileFault, faultLine } from '../fault.ts';
import { loadPolicies, type PolicyFiles } from '../policy-files.ts';

export type FileOptions = { file: string[] };

/** Adds the option that says which files, and what counts as one. */
export function withFiles<Kind extends Command>(command: Kind): Kind {
  return command.addOption(filesOption().makeOptionMandatory());
}

/** The same where something else can be asked for instead. */
export function filesOption(): Option {
  return new Option(
    '-f, --file <paths...>',
    'files, and directories with all .yaml, .yml and .json files below; *.simulate.yaml are fixtures',
  );
}

/**
 * The policies of the files given, every one of which can work.
 * @throws CliFailure when there is any fault; all of them are printed first
 */
export async function validPolicies(paths: readonly string[], context: Context): Promise<PolicyFiles> {
  const files = await loadPolicies(paths, context.cwd);
  if (files.faults.length > 0) await tellValidation(files, context);
  return files;
}

/**
 * Prints what was found: `{valid, policies: [{policy_key, file, line}], faults: [{file, line, column, path, message}]}`.
 * @throws CliFailure when there is any fault
 */
export async function tellValidation({ policies, faults }: PolicyFiles, { out }: Context): Promise<void> {
  const said = policies.map(({ definition, file, line }) => ({
    policy_key: definition.policy_key,
    file,
    line,
  }));
  await out.result({ valid: faults.length === 0, policies: said, faults }, () =>
    faults.length === 0 ? `${counted(policies.length, 'policy', 'policies')}, no fault.` : faultLines(faults),
  );
  if (faults.length > 0)
    throw new CliFailure(`${counted(faults.length, 'fault', 'faults')} found: correct the files.`);
}

export function faultLines(faults: readonly FileFault[]): string {
  return faults.map((fault) => printable(faultLine(fault))).join('\n');
}

/** `1 policy`, `3 policies`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
