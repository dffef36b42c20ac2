import { Command } from 'commander';
import type { Context } from '../context.ts';
import { createCommand } from './create.ts';
import { deleteCommand } from './delete.ts';
import { listCommand } from './list.ts';
import { rotateCommand } from './rotate.ts';

/** `awe secret`: what webhooks are signed with. */
export function secretCommand(context: Context): Command {
  return new Command('secret')
    .description(
      'Makes, rotates and deletes the secrets that sign webhooks. Values are shown once, and stored encrypted.',
    )
    .addCommand(listCommand(context))
    .addCommand(createCommand(context))
    .addCommand(rotateCommand(context))
    .addCommand(deleteCommand(context));
}
