import process from 'node:process';
import { answerCommandLine } from './command-line.ts';
import { withoutSecrets } from './log-secrets.ts';
import { serve } from './serve.ts';
import { StartFailure } from './start-failure.ts';

/** Start and stop. Everything that can go wrong at start ends in one clear message and exit code 1. */
async function main(): Promise<void> {
  const answer = answerCommandLine(process.argv.slice(2), { env: process.env, cwd: process.cwd() });
  if (answer === null) await serve();
  else process.stdout.write(answer);
}

main().catch((error: unknown) => {
  // What nobody expected is told with its stack, which names the place.
  const said = error instanceof Error && !(error instanceof StartFailure) ? error.stack : undefined;
  process.stderr.write(
    withoutSecrets(`awe: ${said ?? (error instanceof Error ? error.message : String(error))}\n`),
  );
  process.exit(1);
});
