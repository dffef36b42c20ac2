#!/usr/bin/env -S node --conditions=awe-source --max-semi-space-size=8
import process from 'node:process';
import { EXIT } from './exit-codes.ts';
import { run } from './program.ts';

const stop = new AbortController();
let interrupted: number | null = null;
for (const [signal, code] of [
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', EXIT.terminated],
] as const) {
  // Once: who presses Ctrl-C again does not want to wait.
  process.once(signal, () => {
    interrupted = code;
    stop.abort();
  });
}
// Whoever reads us has gone, as `head` does: there is nobody left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.pipeClosed);
    // A disk that is full, as that under an export.
    if (stream === process.stdout)
      process.stderr.write(`awe: The output cannot be written: ${error.message}.\n`);
    process.exit(EXIT.refused);
  });
}

const { env, stdin, stdout, stderr } = process;
const code = await run(process.argv.slice(2), {
  env,
  cwd: process.cwd(),
  stdin,
  stdout,
  stderr,
  signal: stop.signal,
  now: () => new Date(),
});
process.exitCode = interrupted ?? code;
