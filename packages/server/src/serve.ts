import { join } from 'node:path';
import process from 'node:process';
import { loadConfig } from './config/config.ts';
import { startEmbedded } from './embedded/start.ts';
import { createLog } from './log.ts';
import { openPortal } from './portal/portal.ts';
import { startService } from './service.ts';

/**
 * Starts the service as this process, with the settings of its environment, and answers once it is up; the process then
 * ends with SIGTERM or Ctrl-C. Rejects when it cannot start, for whatever the operator can do about it with `StartFailure`.
 */
export async function serve(): Promise<void> {
  const directory = join(process.cwd(), '.awe');
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  const log = createLog(config.module, process.env.LOG_LEVEL ?? 'info');
  const giveUp = new AbortController();
  const stopEarly = () => giveUp.abort();
  process.once('SIGINT', stopEarly);
  process.once('SIGTERM', stopEarly);

  const embedded =
    config.databaseUrl === null
      ? await startEmbedded({ directory, log: (line) => log.info(line), signal: giveUp.signal })
      : null;
  const databaseUrl = embedded?.url ?? config.databaseUrl;
  const portal = openPortal(log);
  let service: Awaited<ReturnType<typeof startService>>;
  try {
    service = await startService({ config: { ...config, databaseUrl }, directory, log, portal });
  } catch (error) {
    portal.stop();
    await embedded?.stop();
    throw error;
  }

  let stopping: Promise<void> | null = null;
  const stop = (why: string, code: number) => {
    if (stopping) process.exit(1);
    log.info(`${why}: finishing what is in flight`);
    portal.stop();
    stopping = service
      .stop()
      .then(() => embedded?.stop())
      .then(
        () => process.exit(code),
        (error: unknown) => {
          log.error({ err: error }, 'the stop was not clean');
          process.exit(1);
        },
      );
  };
  process.off('SIGINT', stopEarly);
  process.off('SIGTERM', stopEarly);
  process.on('SIGINT', () => stop('SIGINT', 0));
  process.on('SIGTERM', () => stop('SIGTERM', 0));
  if (giveUp.signal.aborted) stop('stopped while starting', 0);
  void embedded?.exited.then((ended) => {
    if (ended.kind !== 'failed') return;
    process.stderr.write(`awe: ${ended.failure.message}\n`);
    stop('the embedded PostgreSQL is gone', 1);
  });
}
