import { Command } from 'commander';
import type { Context } from '../context.ts';
import { claimCommand } from './claim.ts';
import { decideCommand } from './decide.ts';
import { listCommand } from './list.ts';
import { reassignCommand } from './reassign.ts';

/** `awe task`: what people are asked. */
export function taskCommand(context: Context): Command {
  return new Command('task')
    .description('Shows what people are asked, and takes their decisions.')
    .addCommand(listCommand(context))
    .addCommand(decideCommand(context))
    .addCommand(claimCommand(context))
    .addCommand(reassignCommand(context));
}
