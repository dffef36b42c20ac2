import { EXIT, type ExitCode } from './exit-codes.ts';

/**
 * A command cannot do what was asked, for a reason that whoever called can remove: `message` says what is wrong, where,
 * and the way out. It is printed as it stands, without a stack.
 */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.refused, options: ErrorOptions = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** A value on the command line that cannot be; exit code 64. */
export function usageFailure(message: string): CliFailure {
  return new CliFailure(message, EXIT.usage);
}

/** What anything thrown says for itself. */
export function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
