import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';

export function deleteCommand(context: Context): Command {
  const command = new Command('delete')
    .summary('end a delegation')
    .description(
      'Tasks that open from now on go to the person again. Tasks that exist stay with the delegate.',
    )
    .argument('<delegation>', 'the id of the delegation')
    .action(async (delegation_id: string) => {
      const awe = await context.client();
      await awe.deleteDelegation({ path: { delegation_id }, signal: context.signal });
      await context.out.result({ deleted: delegation_id }, () => `Delegation ${delegation_id} is deleted.`);
    });
  return explain(command, {
    role: 'AWE_ADMIN',
    examples: [['delegation delete 0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b', 'somebody is back early']],
  });
}
