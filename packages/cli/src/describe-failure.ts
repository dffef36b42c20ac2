import type { AweError } from '@awe/client';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { CliFailure, said } from './failure.ts';
import { printable } from './output/printable.ts';

export type Described = { text: string; exitCode: ExitCode };

/** What is printed of anything thrown, and the exit code that goes with it. The stack only with AWE_DEBUG. */
export function describeFailure(error: unknown, context: Pick<Context, 'connection' | 'env'>): Described {
  const { text, exitCode } = isAweError(error) ? ofService(error, context.connection) : ofProgram(error);
  const stack = context.env.AWE_DEBUG && error instanceof Error ? `\n${error.stack}` : '';
  return { text: text + stack, exitCode };
}

function ofProgram(error: unknown): Described {
  return { text: said(error), exitCode: error instanceof CliFailure ? error.exitCode : EXIT.refused };
}

function ofService(error: AweError, connection: Context['connection']): Described {
  if (error.status === 0) {
    return {
      text: `The service at ${connection.url()} cannot be reached (${causeOf(error)}): start it with "awe serve", or say where it is with --url or AWE_URL.${unknownOutcome(error)}`,
      exitCode: EXIT.unreachable,
    };
  }
  const id = error.requestId === null ? '' : `, request id ${printable(error.requestId)}`;
  const text = `${printable(error.message)} (${error.code}, status ${error.status}${id})${wayOut(error, connection)}`;
  return {
    text,
    exitCode: error.status >= 502 && error.code !== 'AWE-007' ? EXIT.unreachable : EXIT.refused,
  };
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? causeOf(error.cause) : printable(error.message || error.name);
}

/** A call that broke off may have been carried out, and is not simply repeated. */
function unknownOutcome({ outcome, idempotencyKey }: AweError): string {
  if (outcome === 'refused') return '';
  const how =
    idempotencyKey === null
      ? 'look before you repeat it'
      : `repeat it with --idempotency-key ${idempotencyKey}`;
  return ` It is not known whether it was carried out: ${how}.`;
}

/** What the service cannot know: how its caller came by the token. */
function wayOut({ status, code }: AweError, connection: Context['connection']): string {
  if (code === 'UNEXPECTED_ANSWER') return ` baseUrl is what --url or AWE_URL says: ${connection.url()}.`;
  if (status !== 401) return '';
  switch (connection.token().kind) {
    case 'none':
      return ' Give a token with AWE_TOKEN, --token or --token-command, or in development a user with --as ada:AWE_ADMIN.';
    case 'development':
      return ' --as works with a service in development only; this one verifies tokens.';
    case 'given':
      return ' The token of --token or AWE_TOKEN is refused: get another one.';
    case 'command':
      return ' What the token command prints is refused, also when it is run again.';
  }
}

/** By its name, so that the client need not be loaded where nothing was asked of the service. */
function isAweError(error: unknown): error is AweError {
  return error instanceof Error && error.name === 'AweError';
}
