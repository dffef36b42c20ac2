import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';

/** `awe demo`: what the service does, told line by line. */
export function demoCommand({ out, signal }: Context): Command {
  const command = new Command('demo')
    .description(
      'Plays five approvals through a real service on a scratch database, and tells what happens: approved, rejected, cancelled, delegated, escalated. Leaves nothing behind.',
    )
    .action(async () => {
      const { runStory } = await import('@awe/server/demo/story');
      signal.addEventListener('abort', () => out.note('It is nearly over. Ctrl-C again stops it at once.'));
      await runStory((line) => void out.item({ line }, () => line));
    });
  return explain(command, { role: 'none', examples: [['demo', 'half a minute well spent']] });
}
