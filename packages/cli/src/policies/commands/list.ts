import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { explain } from '../../explain.ts';
import { momentColumn, statusColumn } from '../../output/looks.ts';
import { policyService } from '../policy-service.ts';

export function listCommand(context: Context): Command {
  const command = new Command('list')
    .summary('list policies by their newest version')
    .description('Lists the policies of the service, each by its newest version, whatever its status.')
    .action(async () => {
      const policies = await policyService(await context.client()).list();
      await context.out.list(
        policies,
        [
          { title: 'POLICY', of: ({ policy_key }) => policy_key },
          { title: 'VERSION', of: ({ version }) => version },
          statusColumn(),
          { title: 'STAGES', of: ({ stages = [] }) => stages.length },
          { title: 'NAME', of: ({ name }) => name },
          momentColumn('CHANGED', ({ updated_at }) => updated_at),
        ],
        'There is no policy.',
      );
    });
  return explain(command, { role: 'AWE_VIEWER', examples: [['policy list', 'all of them']] });
}
