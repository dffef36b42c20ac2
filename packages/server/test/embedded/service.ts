import { EmbeddedFailure } from '../../src/embedded/embedded-failure.ts';
import { startEmbedded } from '../../src/embedded/start.ts';

/**
 * A service of nothing but its database, for tests to run and kill: `node service.ts <directory> <shared>`. It tells what
 * happens as JSON lines, and stops on SIGTERM.
 */
const [directory = '', shared = ''] = process.argv.slice(2);
const tell = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

try {
  const embedded = await startEmbedded({ directory, shared, log: (line) => tell({ line }) });
  process.on('SIGTERM', () => void embedded.stop());
  tell({ url: embedded.url });
  const end = await embedded.exited;
  if (end.kind === 'failed') throw end.failure;
} catch (error) {
  if (!(error instanceof EmbeddedFailure)) throw error;
  tell({ code: error.code, message: error.message });
  process.exitCode = 1;
}
