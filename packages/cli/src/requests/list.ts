import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { type ListOptions, rowsOf, withPages } from '../listing.ts';
import { momentColumn, statusColumn } from '../output/looks.ts';

type Options = ListOptions & { status?: string; artifactType?: string; artifactId?: string };

export function listCommand(context: Context): Command {
  const command = new Command('list')
    .summary('search requests')
    .description('Lists requests, newest first. Filters apply together.')
    .option('--status <status>', 'only pending, in_review, approved, rejected or cancelled ones')
    .option('--artifact-type <type>', 'only for this kind of artifact')
    .option('--artifact-id <id>', 'only for this artifact')
    .action(async (options: Options) => list(options, context));
  return explain(withPages(command), {
    role: 'any',
    examples: [
      ['request list --status in_review', 'what waits for somebody'],
      ['request list --artifact-id CR-42', 'everything that was asked about an artifact'],
      ['request list --all --json > requests.json', 'every request there is'],
    ],
  });
}

async function list(options: Options, context: Context): Promise<void> {
  const { status, artifactType: artifact_type, artifactId: artifact_id } = options;
  const awe = await context.client();
  const { signal } = context;
  const pages = (limit: number) =>
    awe.pages.searchRequests({ query: { status, artifact_type, artifact_id, limit }, signal });
  await context.out.list(
    rowsOf(pages, options, context),
    [
      { title: 'REQUEST', of: ({ id }) => id },
      statusColumn(),
      { title: 'ARTIFACT', of: (row) => `${row.artifact_type}/${row.artifact_id}` },
      { title: 'POLICY', of: (row) => `${row.policy_key}@${row.policy_version}` },
      { title: 'REQUESTER', of: ({ requester }) => requester },
      momentColumn('CREATED', ({ created_at }) => created_at),
    ],
    'No request fits.',
  );
}
