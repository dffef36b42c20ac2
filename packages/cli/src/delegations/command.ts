import { Command } from 'commander';
import type { Context } from '../context.ts';
import { createCommand } from './create.ts';
import { deleteCommand } from './delete.ts';
import { listCommand } from './list.ts';

/** `awe delegation`: who stands in for whom. */
export function delegationCommand(context: Context): Command {
  return new Command('delegation')
    .description(
      'Lets one person stand in for another for a while. It applies to tasks that open within that time.',
    )
    .addCommand(listCommand(context))
    .addCommand(createCommand(context))
    .addCommand(deleteCommand(context));
}
