import { Argument, Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { usageFailure } from '../failure.ts';
import { printable } from '../output/printable.ts';
import { onlyTask } from './undecided.ts';

const ACTIONS = ['approve', 'reject', 'abstain'] as const;
type Action = (typeof ACTIONS)[number];
type Options = { request?: string; assignee: string; comment?: string; attachments?: string };

export function decideCommand(context: Context): Command {
  const command = new Command('decide')
    .summary('approve, reject or abstain')
    .description(
      'Records a decision on a task. Name the task, or the request: then it is your task there. To abstain is to recuse yourself, not to approve.',
    )
    .addArgument(new Argument('<action>', 'the decision').choices(ACTIONS))
    .argument('[task]', 'the id of the task')
    .option('--request <id>', 'decide your only task on this request')
    .addOption(
      new Option('--assignee <user>', 'with --request, as an administrator: decide for this person').default(
        'me',
      ),
    )
    .option('-m, --comment <text>', 'why; kept with the decision')
    .option('--attachments <reference>', 'where supporting documents are kept')
    .action(async (action: Action, task: string | undefined, options: Options) =>
      decide(action, task, options, context),
    );
  return explain(command, {
    role: 'assignee',
    examples: [
      ['task decide approve 0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b -m "matches the certificate"', 'by task'],
      [
        'task decide reject --request 0197b1a2-0000-7000-8000-9c0d1e2f3a4b -m "the scan cannot be read"',
        'by request',
      ],
    ],
  });
}

async function decide(
  action: Action,
  task: string | undefined,
  options: Options,
  context: Context,
): Promise<void> {
  const { request, assignee, comment, attachments } = options;
  const { signal } = context;
  if ((task === undefined) === (request === undefined)) {
    throw usageFailure(
      'Name either a task or a request: awe task decide approve <task>, or awe task decide approve --request <id>.',
    );
  }
  const awe = await context.client();
  const task_id = task ?? (await onlyTask(awe, { request: request ?? '', assignee, signal })).id;
  const decision = await awe.decide({
    path: { task_id },
    body: {
      action,
      ...(comment !== undefined && { comment }),
      ...(attachments !== undefined && { attachments_ref: attachments }),
    },
    signal,
  });
  await context.out.result(
    decision,
    () =>
      `Recorded: ${decision.action} by ${printable(decision.actor)}, stage ${decision.stage_order} of request ${decision.request_id}.`,
  );
}
