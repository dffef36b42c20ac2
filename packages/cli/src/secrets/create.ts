import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { readGiven } from '../values.ts';
import { showValue, VALUE_ONLY } from './show-value.ts';

type Options = { valueFrom?: string; valueOnly?: boolean };

export function createCommand(context: Context): Command {
  const command = new Command('create')
    .summary('make a secret')
    .description('Makes a callback secret, and shows its value this once. Requests name it by its id.')
    .argument('<name>', 'what people call it; no two secrets have the same name')
    .option(
      '--value-from <file>',
      'a value that the receiver has already, from a file, or - for standard input',
    )
    .option(...VALUE_ONLY)
    .action(async (name: string, options: Options) => create(name, options, context));
  return explain(command, {
    role: 'AWE_ADMIN',
    examples: [
      [
        'secret create land-registry --value-only | vault kv put secret/awe value=-',
        'into a vault, past the screen',
      ],
      ['secret create land-registry --value-from old-secret.txt', 'one that receivers have already'],
    ],
  });
}

async function create(
  name: string,
  { valueFrom, valueOnly = false }: Options,
  context: Context,
): Promise<void> {
  // The line end that editors add is not part of a secret.
  const secret =
    valueFrom === undefined ? undefined : (await readGiven('--value-from', valueFrom, context)).trimEnd();
  const awe = await context.client();
  const body = { name, ...(secret !== undefined && { secret }) };
  await showValue(await awe.createSecret({ body, signal: context.signal }), valueOnly, context);
}
