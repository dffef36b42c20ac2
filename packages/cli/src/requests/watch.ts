import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import type { Context } from '../context.ts';
import { describeFailure } from '../describe-failure.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { number } from '../values.ts';
import { tellEvent } from './tell-event.ts';

const SHORTEST_INTERVAL_SECONDS = 0.1;
const LONGEST_INTERVAL_SECONDS = 3_600;

/** Longer than a service takes to start anew. */
const PATIENCE_MS = 300_000;

const ENDS: Readonly<Record<string, ExitCode>> = {
  request_approved: EXIT.ok,
  request_rejected: EXIT.rejected,
  request_cancelled: EXIT.cancelled,
};

export function watchCommand(context: Context): Command {
  const command = new Command('watch')
    .summary('follow a request to its end')
    .description(
      'Prints the timeline of a request as it grows, until the request ends. The exit code says how: 0 approved, 4 rejected, 5 cancelled. A service that goes away meanwhile is asked again, for five minutes. Ctrl-C stops watching, and changes nothing.',
    )
    .argument('<request>', 'the id of the request')
    .option(
      '--interval <seconds>',
      'how often the service is asked',
      number(SHORTEST_INTERVAL_SECONDS, LONGEST_INTERVAL_SECONDS),
      2,
    )
    .action(async (id: string, { interval }: { interval: number }) => watch(id, interval, context));
  return explain(command, {
    role: 'any',
    examples: [
      ['request watch 0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b && ./apply-change', 'go on when it is approved'],
      ['request watch 0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b --json', 'an event a line'],
    ],
  });
}

/** Null while the service is away, as it is when it starts anew: throws once that lasts too long, and what else goes wrong. */
function patiently<Answer>(ask: () => Promise<Answer>, context: Context): () => Promise<Answer | null> {
  let since: number | null = null;
  return async () => {
    try {
      const answer = await ask();
      since = null;
      return answer;
    } catch (error) {
      const now = context.now().getTime();
      const isAway = describeFailure(error, context).exitCode === EXIT.unreachable;
      if (!isAway || now - (since ?? now) > PATIENCE_MS) throw error;
      if (since === null) context.out.note('The service cannot be reached just now: it is asked again.');
      since ??= now;
      return null;
    }
  };
}

async function watch(id: string, intervalSeconds: number, context: Context): Promise<void> {
  const { out, signal } = context;
  const awe = await context.client();
  const path = { request_id: id };
  // The timeline of a request that does not exist is empty: this one is refused.
  await awe.getRequest({ path, signal });
  const ask = patiently(() => awe.requestEvents({ path, signal }), context);
  let told = 0;
  for (;;) {
    const events = (await ask()) ?? [];
    for (const event of events.slice(told)) await out.item(event, () => tellEvent(event));
    told = Math.max(told, events.length);
    const end = ENDS[events.at(-1)?.event_type ?? ''];
    if (end !== undefined) return context.endWith(end);
    await pause(intervalSeconds * 1000, undefined, { signal });
  }
}
