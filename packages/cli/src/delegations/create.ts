import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { printable } from '../output/printable.ts';
import { moment } from '../values.ts';

type Options = { user: string; to: string; starts?: string; ends: string; reason?: string };

export function createCommand(context: Context): Command {
  const command = new Command('create')
    .summary('let one person stand in for another')
    .description(
      'Tasks that open within the window go to the delegate. Tasks that exist stay where they are.',
    )
    .requiredOption('--user <user>', 'who is away')
    .requiredOption('--to <user>', 'who stands in')
    .option('--starts <moment>', 'from when on (default: now)', moment(context.now))
    .requiredOption('--ends <moment>', 'until when, such as 2026-05-01 or +7d', moment(context.now))
    .option('-r, --reason <text>', 'why')
    .action(async (options: Options) => create(options, context));
  return explain(command, {
    role: 'AWE_ADMIN',
    examples: [
      ['delegation create --user u-amina --to u-bao --ends +7d -r "annual leave"', 'a week from now on'],
      [
        'delegation create --user u-amina --to u-bao --starts 2026-05-01 --ends 2026-05-15',
        'between two dates, UTC',
      ],
    ],
  });
}

async function create({ user, to, starts, ends, reason }: Options, context: Context): Promise<void> {
  const awe = await context.client();
  const delegation = await awe.createDelegation({
    body: {
      user_id: user,
      delegate_to: to,
      starts_at: starts ?? context.now().toISOString(),
      ends_at: ends,
      ...(reason !== undefined && { reason }),
    },
    signal: context.signal,
  });
  const { out } = context;
  await out.result(delegation, () =>
    out.terminal
      ? `${printable(delegation.delegate_to)} stands in for ${printable(delegation.user_id)} until ${delegation.ends_at} (delegation ${delegation.id}).`
      : delegation.id,
  );
}
