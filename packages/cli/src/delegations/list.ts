import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { momentColumn } from '../output/looks.ts';

export function listCommand(context: Context): Command {
  const command = new Command('list')
    .summary('list delegations')
    .description('Lists past, present and future delegations, newest first.')
    .option('--user <user>', 'only those in which this person is away')
    .action(async ({ user: user_id }: { user?: string }) => {
      const awe = await context.client();
      await context.out.list(
        await awe.listDelegations({ query: { user_id }, signal: context.signal }),
        [
          { title: 'DELEGATION', of: ({ id }) => id },
          { title: 'AWAY', of: (row) => row.user_id },
          { title: 'STANDS IN', of: (row) => row.delegate_to },
          momentColumn('FROM', (row) => row.starts_at),
          momentColumn('TO', (row) => row.ends_at),
          { title: 'REASON', of: (row) => row.reason },
        ],
        'There is no delegation.',
      );
    });
  return explain(command, {
    role: 'AWE_VIEWER',
    examples: [['delegation list --user u-amina', 'when somebody is away']],
  });
}
