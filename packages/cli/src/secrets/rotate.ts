import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { number } from '../values.ts';
import { namedSecret } from './named-secret.ts';
import { showValue, VALUE_ONLY } from './show-value.ts';

type Options = { effectiveInHours: number; valueOnly?: boolean };

const LONGEST_HOURS = 8_760;

export function rotateCommand(context: Context): Command {
  const command = new Command('rotate')
    .summary('give a secret a new value')
    .description(
      'Makes a new value, and shows it this once. Until it takes effect the old value signs, and webhook-signature carries both: time to bring it to the receivers.',
    )
    .argument('<secret>', 'the id or the name of the secret')
    .option(
      '--effective-in-hours <hours>',
      'when the new value begins to sign; 0: at once',
      number(0, LONGEST_HOURS),
      24,
    )
    .option(...VALUE_ONLY)
    .action(async (idOrName: string, options: Options) => rotate(idOrName, options, context));
  return explain(command, {
    role: 'AWE_ADMIN',
    examples: [
      [
        'secret rotate land-registry --value-only | vault kv put secret/awe value=-',
        'with a day for the receivers',
      ],
      ['secret rotate land-registry --effective-in-hours 0', 'at once, when the old one is known to others'],
    ],
  });
}

async function rotate(idOrName: string, options: Options, context: Context): Promise<void> {
  const { signal } = context;
  const awe = await context.client();
  const { id } = await namedSecret(awe, idOrName, signal);
  const body = { effective_in_hours: options.effectiveInHours };
  const rotated = await awe.rotateSecret({ path: { secret_id: id }, body, signal });
  await showValue(rotated, options.valueOnly ?? false, context);
}
