import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';

/** `awe serve`: the service, as this process. */
export function serveCommand(context: Context): Command {
  const command = new Command('serve')
    .description(
      'Runs the service until SIGTERM or Ctrl-C. Settings come from config/default.yaml, or the file that CONFIG_PATH names, and from environment variables such as AWE__SERVER__PORT. DATABASE_URL names a PostgreSQL; without it one is started here, with its data in ./.awe.',
    )
    .option(
      '--check-config',
      'print the settings in force and start nothing; exit code 1 with all faults when there are some',
    )
    .action(async ({ checkConfig = false }: { checkConfig?: boolean }) => {
      if (checkConfig) return check(context);
      const { serve } = await import('@awe/server/serve');
      await serve();
    });
  return explain(command, {
    role: 'none',
    examples: [
      ['serve', 'on this machine, with a database of its own'],
      ['serve --check-config', 'before a roll-out'],
    ],
  });
}

async function check({ env, cwd, out }: Context): Promise<void> {
  const [{ answerCommandLine }, { loadConfig }, { visibleConfig }] = await Promise.all([
    import('@awe/server/command-line'),
    import('@awe/server/config/config'),
    import('@awe/server/config/visible'),
  ]);
  // Throws with every fault, also with those that the settings alone do not show.
  const report = answerCommandLine(['--check-config'], { env, cwd }) ?? '';
  await out.result(visibleConfig(loadConfig({ env, cwd })), () => report.trimEnd());
}
