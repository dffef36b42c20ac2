import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { printable } from '../output/printable.ts';
import { namedSecret } from './named-secret.ts';

export function deleteCommand(context: Context): Command {
  const command = new Command('delete')
    .summary('delete a secret')
    .description(
      'Deletes a secret: new requests cannot name it any more. Requests that do are signed with it to their end.',
    )
    .argument('<secret>', 'the id or the name of the secret')
    .option('-y, --yes', 'do not ask')
    .action(async (idOrName: string, { yes = false }: { yes?: boolean }) => remove(idOrName, yes, context));
  return explain(command, {
    role: 'AWE_ADMIN',
    examples: [['secret delete land-registry --yes', 'without a question']],
  });
}

async function remove(idOrName: string, yes: boolean, context: Context): Promise<void> {
  const { out, signal } = context;
  const awe = await context.client();
  const secret = await namedSecret(awe, idOrName, signal);
  if (!yes && !(await context.confirm(`Delete the secret ${printable(secret.name)} (${secret.id})?`))) {
    return out.note('It was not deleted.');
  }
  await awe.deleteSecret({ path: { secret_id: secret.id }, signal });
  await out.result({ deleted: secret.id }, () => `Secret ${printable(secret.name)} is deleted.`);
}
