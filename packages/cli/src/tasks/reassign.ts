import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { printable } from '../output/printable.ts';

export function reassignCommand(context: Context): Command {
  const command = new Command('reassign')
    .summary('give a task to somebody else')
    .description(
      'Takes a task from its assignee. The new task has the same due date and the same seat; one that had expired gets a fresh due date.',
    )
    .argument('<task>', 'the id of the task')
    .argument('<user>', 'who is asked instead')
    .option('-r, --reason <text>', 'why; kept in the timeline and in the audit log')
    .action(async (task_id: string, new_assignee: string, { reason }: { reason?: string }) => {
      const awe = await context.client();
      const task = await awe.reassignTask({
        path: { task_id },
        body: { new_assignee, ...(reason !== undefined && { reason }) },
        signal: context.signal,
      });
      await context.out.result(
        task,
        () => `Task ${task_id} is now task ${task.id} of ${printable(task.assignee)}.`,
      );
    });
  return explain(command, {
    role: 'AWE_ADMIN',
    examples: [['task reassign 0197b1a2-3c4d-7e5f-8a6b-9c0d1e2f3a4b u-bao -r "on leave"', 'with a reason']],
  });
}
