import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { explain } from '../../explain.ts';
import { loadPolicies } from '../policy-files.ts';
import { type FileOptions, tellValidation, withFiles } from './given-files.ts';

export function validateCommand(context: Context): Command {
  const command = new Command('validate')
    .summary('check policy files, without a service')
    .description(
      'Checks shape and meaning of every policy, as the service would, and names every fault of every file with its line. ' +
        'Exit code 1 when there is any.',
    )
    .action(async ({ file }: FileOptions) => tellValidation(await loadPolicies(file, context.cwd), context));
  return explain(withFiles(command), {
    role: 'none',
    examples: [
      ['policy validate -f policies/', 'a whole directory'],
      ['policy validate -f policies/ --json | jq -r .faults[].message', 'for a script'],
    ],
  });
}
