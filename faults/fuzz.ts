import { startScratch } from '../packages/server/src/embedded/scratch.ts';
import { fuzz } from './fuzz/fuzzing.ts';
import { HELP, readOptions } from './fuzz/options.ts';
import { reportOf } from './fuzz/report.ts';
import { startTarget } from './fuzz/target.ts';

const PROGRESS_EVERY = 1_000;

/** Resolves to the exit code. */
async function main(): Promise<number> {
  const { help, ...options } = readOptions(process.argv.slice(2), process.env, Date.now());
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  process.stderr.write(`fuzz: ${options.calls} calls with seed ${options.seed}\n`);
  const scratch = process.env.DATABASE_URL ? null : await startScratch();
  try {
    const target = await startTarget(process.env.DATABASE_URL ?? scratch?.url ?? '');
    const onProgress = (calls: number) => {
      if (calls % PROGRESS_EVERY === 0) process.stderr.write(`fuzz: ${calls} calls\n`);
    };
    try {
      const outcome = await fuzz(target, { ...options, onProgress });
      const aftermath = [...outcome.aftermath, ...(await target.stop())];
      process.stdout.write(reportOf({ ...outcome, aftermath }, options.seed));
      return outcome.finding === null && aftermath.length === 0 ? 0 : 1;
    } catch (error) {
      await target.stop();
      throw error;
    }
  } finally {
    await scratch?.stop();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(
      `fuzz: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  },
);
