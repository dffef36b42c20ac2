import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { printable } from '../output/printable.ts';

export function claimCommand(context: Context): Command {
  const command = new Command('claim')
    .summary('tell others that you are on it')
    .description('Marks an open task as claimed. It locks nothing: a task can be decided without a claim.')
    .argument('<task>', 'the id of the task')
    .action(async (task_id: string) => {
      const awe = await context.client();
      const task = await awe.claimTask({ path: { task_id }, signal: context.signal });
      await context.out.result(
        task,
        () => `Task ${task.id} of ${printable(task.assignee)} is ${task.status}.`,
      );
    });
  return explain(command, {
    role: 'assignee',
    examples: [['task claim 0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b', 'by task']],
  });
}
