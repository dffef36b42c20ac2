import { type DestinationStream, type Logger, pino } from 'pino';
import { withoutSecrets } from './log-secrets.ts';

/** Fields of an error that say what went wrong. Others (a response, a query's parameters) may hold what callers sent. */
const TOLD = [
  'code',
  'errno',
  'syscall',
  'address',
  'port',
  'kind',
  'severity',
  'constraint',
  'table',
] as const;
const MAX_CAUSES = 5;

/**
 * JSON lines on standard output, or to `sink`. `level` as pino's: trace, debug, info, warn, error, fatal, silent.
 * What looks like a token, a secret or a password is masked on its way out, whoever wrote it.
 */
export function createLog(module: string, level: string, sink?: DestinationStream): Logger {
  const options = {
    level: level in pino.levels.values || level === 'silent' ? level : 'info',
    base: { module },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => describeError(error) },
    hooks: { streamWrite: withoutSecrets },
  };
  return sink ? pino(options, sink) : pino(options);
}

type DescribedError = Record<string, unknown>;

/** An error with its stack, known fields and causes. */
function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { message: String(error) };
  const fields = error as Error & Record<string, unknown>;
  const told = Object.fromEntries(TOLD.flatMap((name) => (name in error ? [[name, fields[name]]] : [])));
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...told,
    ...(error.cause === undefined || depth >= MAX_CAUSES
      ? {}
      : { cause: describeError(error.cause, depth + 1) }),
  };
}
