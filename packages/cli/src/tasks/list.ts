import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { type ListOptions, rowsOf, withPages } from '../listing.ts';
import { momentColumn, otherIdColumn, statusColumn } from '../output/looks.ts';
import { UNDECIDED } from './undecided.ts';

type Options = ListOptions & { assignee: string; status: string; request?: string };

export function listCommand(context: Context): Command {
  const command = new Command('list')
    .summary('what waits for me')
    .description('Lists tasks, newest first: yours that you can still decide, unless told otherwise.')
    .option('--assignee <user>', 'whose tasks: me, a user id, or * for everybody', 'me')
    .option('--status <list>', 'only these, with commas between; any for all of them', UNDECIDED)
    .option('--request <id>', 'only tasks of this request')
    .action(async (options: Options) => list(options, context));
  return explain(withPages(command), {
    role: 'any',
    examples: [
      ['task list', 'your inbox'],
      ["task list --assignee '*' --status expired", 'what is overdue, whoever is asked'],
      [
        "task list --request 0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b --assignee '*' --status any",
        'all tasks of a request',
      ],
      ["task list --json | jq -r '.[].id'", 'their ids, for a script'],
    ],
  });
}

async function list(options: Options, context: Context): Promise<void> {
  const { assignee, request: request_id } = options;
  const status = options.status === 'any' ? undefined : options.status;
  const awe = await context.client();
  const { signal } = context;
  const pages = (limit: number) =>
    awe.pages.listTasks({ query: { assignee, status, request_id, limit }, signal });
  await context.out.list(
    rowsOf(pages, options, context),
    [
      { title: 'TASK', of: ({ id }) => id },
      statusColumn(),
      { title: 'ASSIGNEE', of: (row) => row.assignee },
      { title: 'STAGE', of: ({ stage_order }) => stage_order },
      otherIdColumn('REQUEST', ({ request_id }) => request_id),
      momentColumn('DUE', ({ due_at }) => due_at),
      momentColumn('ASKED', ({ created_at }) => created_at),
    ],
    'No task fits.',
  );
}
