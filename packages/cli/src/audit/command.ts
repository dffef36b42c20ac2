import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { type ListOptions, rowsOf, withPages } from '../listing.ts';
import { momentColumn } from '../output/looks.ts';
import { moment } from '../values.ts';

type Options = ListOptions & {
  actor?: string;
  action?: string;
  resourceType?: string;
  resourceId?: string;
  since?: string;
  until?: string;
};

/** `awe audit`: what administrators did. */
export function auditCommand(context: Context): Command {
  return new Command('audit').description('Reads the audit log.').addCommand(listCommand(context));
}

function listCommand(context: Context): Command {
  const command = new Command('list')
    .summary('search the audit log')
    .description(
      'Lists what administrators did, newest first. Filters apply together. --json has what was before and after.',
    )
    .option('--actor <user>', 'only what this user did')
    .option('--action <action>', 'only this action, such as policy.activate')
    .option('--resource-type <type>', 'only things of this kind, such as policy')
    .option('--resource-id <id>', 'only this thing')
    .option('--since <moment>', 'only from this moment on, such as 7d for a week ago', moment(context.now))
    .option('--until <moment>', 'only before this moment', moment(context.now))
    .action(async (options: Options) => list(options, context));
  return explain(withPages(command), {
    role: 'AWE_VIEWER',
    examples: [
      ['audit list --action policy.activate --since 30d', 'which policies took effect lately'],
      [
        'audit list --action task.decide_on_behalf --all --json > decided-for-others.json',
        'who decided for somebody else',
      ],
    ],
  });
}

async function list(options: Options, context: Context): Promise<void> {
  const { actor, action, resourceType: resource_type, resourceId: resource_id, since, until } = options;
  const awe = await context.client();
  const { signal } = context;
  const pages = (limit: number) =>
    awe.pages.listAudit({
      query: { actor, action, resource_type, resource_id, since, until, limit },
      signal,
    });
  await context.out.list(
    rowsOf(pages, options, context),
    [
      { title: '#', of: ({ sequence }) => sequence },
      momentColumn('WHEN', ({ occurred_at }) => occurred_at),
      { title: 'ACTOR', of: (row) => row.actor },
      { title: 'ACTION', of: (row) => row.action },
      { title: 'SUMMARY', of: ({ summary }) => summary },
    ],
    'No row fits.',
  );
}
