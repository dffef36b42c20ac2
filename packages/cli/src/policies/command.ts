import { Command } from 'commander';
import type { Context } from '../context.ts';
import { applyCommand } from './commands/apply.ts';
import { diffCommand } from './commands/diff.ts';
import { getCommand } from './commands/get.ts';
import { lintCommand } from './commands/lint.ts';
import { listCommand } from './commands/list.ts';
import { simulateCommand } from './commands/simulate.ts';
import { testCommand } from './commands/test.ts';
import { validateCommand } from './commands/validate.ts';

/** `awe policy`: policies as files, and on the service. */
export function policyCommand(context: Context): Command {
  return new Command('policy')
    .description(
      'Keeps policies as files: checks and tries them without a service, and brings a service in line with them.',
    )
    .addCommand(listCommand(context))
    .addCommand(getCommand(context))
    .addCommand(validateCommand(context))
    .addCommand(lintCommand(context))
    .addCommand(testCommand(context))
    .addCommand(simulateCommand(context))
    .addCommand(diffCommand(context))
    .addCommand(applyCommand(context));
}
