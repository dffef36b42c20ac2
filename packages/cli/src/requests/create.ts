import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { printable } from '../output/printable.ts';
import { artifact, jsonObject } from '../values.ts';

type Options = {
  policy: string;
  artifact: ReturnType<typeof artifact>;
  context?: string;
  callbackUrl?: string;
  callbackSecret?: string;
  requester?: string;
  idempotencyKey?: string;
};

export function createCommand(context: Context): Command {
  const command = new Command('create')
    .summary('ask for the approval of an artifact')
    .description(
      'Starts a request under the active version of a policy. Prints who is asked; in a pipe only the id of the request.',
    )
    .requiredOption('-p, --policy <key>', 'the policy that decides whom to ask')
    .requiredOption('-a, --artifact <type/id>', 'what needs approval, as its owner names it', artifact)
    .option('-c, --context <json>', 'what the rules look at: JSON, a file with JSON, or - for standard input')
    .option('--callback-url <url>', 'where the signed webhooks go')
    .option('--callback-secret <id>', 'the secret that signs them, instead of the default one')
    .option('--requester <user>', 'who wants the change, if not the user of the token')
    .option('--idempotency-key <key>', 'name this call: repeated with the same key it starts nothing twice')
    .action(async (options: Options) => create(options, context));
  return explain(command, {
    role: 'any',
    examples: [
      [
        'request create -p farmer-change -a change_request/CR-42 -c \'{"amount": 2500}\'',
        'with a context written out',
      ],
      [
        'request create -p farmer-change -a change_request/CR-42 -c change.json --idempotency-key CR-42',
        'from a file, and safe to repeat',
      ],
      [
        'request watch "$(awe request create -p farmer-change -a change_request/CR-42)"',
        'and wait for the outcome',
      ],
    ],
  });
}

async function create(options: Options, context: Context): Promise<void> {
  const { out, signal } = context;
  const { policy, callbackUrl, callbackSecret, requester, idempotencyKey } = options;
  const given = options.context === undefined ? {} : await jsonObject('--context', options.context, context);
  const awe = await context.client();
  const created = await awe.createRequest({
    body: {
      policy_key: policy,
      ...options.artifact,
      context: given,
      ...(callbackUrl !== undefined && { callback_url: callbackUrl }),
      ...(callbackSecret !== undefined && { callback_secret_id: callbackSecret }),
      ...(requester !== undefined && { requester }),
    },
    idempotencyKey,
    signal,
  });
  await out.result(created, () => {
    if (!out.terminal) return created.request_id;
    const asked = (created.tasks ?? []).map(({ assignee }) => printable(assignee));
    return [
      `Request ${created.request_id} is ${created.status}.`,
      ...(asked.length === 0 ? [] : [`Asked: ${asked.join(', ')}.`]),
      `Follow it with: awe request watch ${created.request_id}`,
    ].join('\n');
  });
}
