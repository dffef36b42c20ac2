import { Command } from 'commander';
import type { Context } from '../context.ts';
import { listCommand } from './list.ts';
import { replayCommand } from './replay.ts';
import { retryCommand } from './retry.ts';

/** `awe delivery`: webhooks on their way to the owners of artifacts. */
export function deliveryCommand(context: Context): Command {
  return new Command('delivery')
    .description('Shows webhooks on their way to the owners of artifacts, and sends them again.')
    .addCommand(listCommand(context))
    .addCommand(retryCommand(context))
    .addCommand(replayCommand(context));
}
