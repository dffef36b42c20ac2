import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { momentColumn } from '../output/looks.ts';

export function listCommand(context: Context): Command {
  const command = new Command('list')
    .summary('list secrets, without their values')
    .description('Lists callback secrets by name. Values are shown when they are made, and never again.')
    .action(async () => {
      const awe = await context.client();
      await context.out.list(
        await awe.listSecrets({ signal: context.signal }),
        [
          { title: 'SECRET', of: ({ id }) => id },
          { title: 'NAME', of: ({ name }) => name },
          momentColumn('CREATED', ({ created_at }) => created_at),
          momentColumn('SIGNS SINCE', ({ effective_at }) => effective_at),
        ],
        'There is no secret.',
      );
    });
  return explain(command, { role: 'AWE_VIEWER', examples: [['secret list', 'all of them']] });
}
