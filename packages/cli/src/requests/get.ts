import type { Schemas } from '@awe/client';
import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { everyOne } from '../listing.ts';
import { paintStatus } from '../output/looks.ts';
import { printable } from '../output/printable.ts';
import { tellEvent } from './tell-event.ts';

export function getCommand(context: Context): Command {
  const command = new Command('get')
    .summary('show a request: where it stands, who is asked, what happened')
    .description('Shows a request with its tasks and its timeline.')
    .argument('<request>', 'the id of the request')
    .action(async (id: string) => get(id, context));
  return explain(command, {
    role: 'any',
    examples: [
      ['request get 0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b', 'for people'],
      ['request get 0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b --json | jq -r .status', 'for a script'],
    ],
  });
}

async function get(id: string, context: Context): Promise<void> {
  const { out, signal } = context;
  const awe = await context.client();
  const path = { request_id: id };
  const request = await awe.getRequest({ path, signal });
  const [tasks, events] = await Promise.all([
    everyOne(awe.pages.listTasks({ query: { assignee: '*', request_id: id, limit: 500 }, signal })),
    awe.requestEvents({ path, signal }),
  ]);
  await out.result({ ...request, tasks, events }, () =>
    [
      ...tellRequest(request, out.paint),
      '',
      ...tellTasks(tasks, out.paint),
      '',
      'Timeline:',
      ...events.map((event) => `  ${tellEvent(event)}`),
    ].join('\n'),
  );
}

type Paint = Context['out']['paint'];

function tellRequest(request: Schemas['RequestOut'], paint: Paint): string[] {
  const { callback_url, completed_at } = request;
  const facts: [string, string][] = [
    ['Request', request.id],
    ['Status', paintStatus(request.status, paint)],
    ['Artifact', `${request.artifact_type}/${request.artifact_id}`],
    ['Policy', `${request.policy_key}, version ${request.policy_version}`],
    ['Stage', String(request.current_stage_order)],
    ['Asked by', `${request.requester ?? '-'} through ${request.source_service}`],
    ['Callback', callback_url ?? 'none'],
    ['Created', request.created_at],
    ...(completed_at ? ([['Ended', completed_at]] satisfies [string, string][]) : []),
    ['Context', JSON.stringify(request.context)],
  ];
  return facts.map(
    ([name, fact]) => `${`${name}:`.padEnd(10)} ${name === 'Status' ? fact : printable(fact)}`,
  );
}

function tellTasks(tasks: readonly Schemas['TaskOut'][], paint: Paint): string[] {
  const oldestFirst = [...tasks].reverse();
  return [
    'Tasks:',
    ...oldestFirst.map(
      ({ id, stage_order, assignee, status, due_at }) =>
        `  ${id}  stage ${stage_order}  ${printable(assignee)}  ${paintStatus(status, paint)}${due_at ? `  due ${due_at}` : ''}`,
    ),
  ];
}
