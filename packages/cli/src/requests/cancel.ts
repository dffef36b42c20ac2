import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';

type Options = { reason?: string; onBehalfOf?: string };

export function cancelCommand(context: Context): Command {
  const command = new Command('cancel')
    .summary('withdraw a request')
    .description('Ends a request that has not ended yet; nobody can decide its tasks any more.')
    .argument('<request>', 'the id of the request')
    .option('-r, --reason <text>', 'why; kept in the timeline')
    .option('--on-behalf-of <user>', 'who asked for it; recorded beside you')
    .action(async (id: string, options: Options) => cancel(id, options, context));
  return explain(command, {
    role: 'AWE_ADMIN',
    examples: [
      ['request cancel 0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b -r "withdrawn by the citizen"', 'with a reason'],
    ],
  });
}

async function cancel(id: string, { reason, onBehalfOf }: Options, context: Context): Promise<void> {
  const awe = await context.client();
  const cancelled = await awe.cancelRequest({
    path: { request_id: id },
    body: { ...(reason !== undefined && { reason }), ...(onBehalfOf !== undefined && { actor: onBehalfOf }) },
    signal: context.signal,
  });
  await context.out.result(cancelled, () => `Request ${cancelled.id} is ${cancelled.status}.`);
}
