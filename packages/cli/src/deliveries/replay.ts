import { Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { moment } from '../values.ts';
import { type Span, slicesOf } from './slices.ts';
import { STATUSES, type Status } from './statuses.ts';

type Options = {
  since: string;
  until?: string;
  receiver?: string;
  status: Status[];
  dryRun?: boolean;
  yes?: boolean;
};

/** A call that starts this many anew takes a moment; more calls than slices would say no more. */
const PER_SLICE = 2_000;
const MOST_SLICES = 50;

export function replayCommand(context: Context): Command {
  const command = new Command('replay')
    .summary('send the webhooks of a time range again')
    .description(
      'Starts the deliveries of a time range anew: those that were given up, unless told otherwise. Counts them first, and asks when somebody is there to answer. Events keep their ids, so that receivers know what they have had.',
    )
    .requiredOption(
      '--since <moment>',
      'events from this moment on, such as 24h for a day ago',
      moment(context.now),
    )
    .option('--until <moment>', 'events before this moment (default: now)', moment(context.now))
    .option('--receiver <url>', 'only to this receiver: a callback URL without query and fragment')
    .addOption(
      new Option('--status <status...>', 'deliveries in these states')
        .choices(STATUSES)
        .default(['exhausted']),
    )
    .option('--dry-run', 'only count')
    .option('-y, --yes', 'do not ask')
    .action(async (options: Options) => replay(options, context));
  return explain(command, {
    role: 'AWE_ADMIN',
    examples: [
      ['delivery replay --since 24h --dry-run', 'how many were given up since yesterday'],
      [
        'delivery replay --since 2026-04-23T10:00:00Z --until 2026-04-23T12:00:00Z',
        'after an outage of receivers',
      ],
      [
        'delivery replay --since 2d --receiver https://registry.example/approvals --status delivered',
        'for a receiver that lost what it had',
      ],
    ],
  });
}

async function replay(options: Options, context: Context): Promise<void> {
  const { receiver, status: statuses, dryRun = false, yes = false } = options;
  const { out, signal } = context;
  const whole: Span = { since: options.since, until: options.until ?? context.now().toISOString() };
  const awe = await context.client();
  const call = async (span: Span, dry_run: boolean) => {
    const body = { ...span, statuses, dry_run, ...(receiver !== undefined && { receiver }) };
    return (await awe.replayDeliveries({ body, signal })).replayed;
  };
  const total = await call(whole, true);
  if (dryRun) {
    return out.result({ replayed: total, dry_run: true }, () =>
      out.terminal ? `${total} deliveries would be sent again.` : String(total),
    );
  }
  if (total > 0 && !yes && !(await context.confirm(`Send ${total} webhooks again?`))) {
    out.note('Nothing was sent.');
    return;
  }
  const bar = await out.progress('Replaying', total);
  let replayed = 0;
  try {
    for (const span of slicesOf(
      whole,
      total === 0 ? 0 : Math.min(MOST_SLICES, Math.ceil(total / PER_SLICE)),
    )) {
      const count = await call(span, false);
      replayed += count;
      bar.advance(count);
    }
  } finally {
    bar.done();
  }
  await out.result({ replayed, dry_run: false }, () =>
    out.terminal ? `${replayed} deliveries are sent again.` : String(replayed),
  );
}
