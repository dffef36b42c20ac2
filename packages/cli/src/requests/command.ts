import { Command } from 'commander';
import type { Context } from '../context.ts';
import { cancelCommand } from './cancel.ts';
import { createCommand } from './create.ts';
import { getCommand } from './get.ts';
import { listCommand } from './list.ts';
import { watchCommand } from './watch.ts';

/** `awe request`: what a caller service asks for. */
export function requestCommand(context: Context): Command {
  return new Command('request')
    .description('Asks for the approval of an artifact, and shows what became of it.')
    .addCommand(createCommand(context))
    .addCommand(getCommand(context))
    .addCommand(listCommand(context))
    .addCommand(watchCommand(context))
    .addCommand(cancelCommand(context));
}
