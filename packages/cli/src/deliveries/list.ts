import { Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { type ListOptions, rowsOf, withPages } from '../listing.ts';
import { momentColumn, otherIdColumn, statusColumn } from '../output/looks.ts';
import { moment } from '../values.ts';
import { STATUSES } from './statuses.ts';

type Filters = {
  status?: string;
  request?: string;
  receiver?: string;
  eventType?: string;
  since?: string;
  until?: string;
};

export function listCommand(context: Context): Command {
  const command = new Command('list')
    .summary('search webhook deliveries')
    .description('Lists deliveries, newest first. Filters apply together.')
    .addOption(new Option('--status <status>', 'only these').choices(STATUSES))
    .option('--request <id>', 'only about this request')
    .option('--receiver <url>', 'only to this receiver: a callback URL without query and fragment')
    .option('--event-type <type>', 'only events of this type, such as request_approved')
    .option(
      '--since <moment>',
      'only events from this moment on, such as 24h for a day ago',
      moment(context.now),
    )
    .option('--until <moment>', 'only events before this moment', moment(context.now))
    .action(async (options: Filters & ListOptions) => list(options, context));
  return explain(withPages(command), {
    role: 'AWE_VIEWER',
    examples: [
      ['delivery list --status exhausted --since 24h', 'what was given up since yesterday'],
      ['delivery list --status exhausted --all | cut -f1 | xargs awe delivery retry', 'send all of it again'],
    ],
  });
}

async function list(options: Filters & ListOptions, context: Context): Promise<void> {
  const { status, request: request_id, receiver, eventType: event_type, since, until } = options;
  const awe = await context.client();
  const { signal } = context;
  const pages = (limit: number) =>
    awe.pages.listDeliveries({
      query: { status, request_id, receiver, event_type, since, until, limit },
      signal,
    });
  await context.out.list(
    rowsOf(pages, options, context),
    [
      { title: 'DELIVERY', of: ({ id }) => id },
      statusColumn(),
      { title: 'EVENT', of: (row) => row.event_type },
      { title: 'TRIED', of: (row) => `${row.attempt}/${row.max_attempts}` },
      { title: 'ANSWER', of: (row) => row.last_status_code },
      otherIdColumn('REQUEST', (row) => row.request_id),
      { title: 'RECEIVER', of: (row) => row.receiver },
      momentColumn('NEXT', (row) => row.next_attempt_at),
      momentColumn('WRITTEN', ({ created_at }) => created_at),
    ],
    'No delivery fits.',
  );
}
