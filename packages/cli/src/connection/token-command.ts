import { exec } from 'node:child_process';
import type { Environment } from '../context.ts';
import { CliFailure } from '../failure.ts';

export type CommandPlace = { env: Environment; cwd: string; signal: AbortSignal };

/** Runs a command line in the shell; what it prints, without blanks at the ends, is the token. */
export function runTokenCommand(command: string, { env, cwd, signal }: CommandPlace): Promise<string> {
  return new Promise((resolve, reject) => {
    exec(command, { env, cwd, signal }, (error, stdout, stderr) => {
      if (signal.aborted) return reject(signal.reason);
      const token = stdout.trim();
      // What it printed may be half of a token, and its words may hold a secret: neither is repeated.
      if (error)
        return reject(
          new CliFailure(
            `The token command failed: ${stderr.trim() || `exit code ${error.code}`}. Try it by itself.`,
          ),
        );
      if (token === '' || /\s/.test(token))
        return reject(
          new CliFailure('The token command must print a token and nothing else. Try it by itself.'),
        );
      resolve(token);
    });
  });
}
