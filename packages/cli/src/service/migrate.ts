import { join } from 'node:path';
import { Command } from 'commander';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';

/** `awe migrate`: the schema, and nothing else. */
export function migrateCommand(context: Context): Command {
  const command = new Command('migrate')
    .description(
      'Brings the database up to this version, in one transaction and under a lock: others that migrate at the same time wait. The service does it at every start; alone it lets another database user own the tables. DATABASE_URL names the database; without it, it is the one in ./.awe.',
    )
    .action(async () => migrateDatabase(context));
  return explain(command, {
    role: 'none',
    examples: [
      ['migrate', 'the database of the settings'],
      ['migrate && awe serve', 'as two steps of a roll-out'],
    ],
  });
}

async function migrateDatabase(context: Context): Promise<void> {
  const { env, cwd, out, signal } = context;
  const [{ loadConfig }, { openDatabase }, { migrate }] = await Promise.all([
    import('@awe/server/config/config'),
    import('@awe/server/ledger/database'),
    import('@awe/server/ledger/migrate'),
  ]);
  const config = loadConfig({ env, cwd });
  const embedded = config.databaseUrl === null ? await startEmbedded(cwd, signal) : null;
  const database = openDatabase({
    url: config.databaseUrl ?? embedded?.url ?? '',
    poolSize: 1,
    connectTimeoutMs: config.database.connect_timeout_seconds * 1000,
    statementTimeoutMs: config.database.statement_timeout_seconds * 1000,
    onError: () => {},
  });
  const steps: string[] = [];
  try {
    await migrate(database, (line) => {
      steps.push(line);
      out.note(line);
    });
  } finally {
    await database.close();
    await embedded?.stop();
  }
  const { target } = database;
  await out.result(
    { database: target, steps },
    () => `The ${target} is up to date${steps.length === 0 ? ': there was nothing to do' : ''}.`,
  );
}

async function startEmbedded(cwd: string, signal: AbortSignal) {
  const { startEmbedded: start } = await import('@awe/server/embedded/start');
  return start({ directory: join(cwd, '.awe'), log: () => {}, signal });
}
