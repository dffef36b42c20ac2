import { StartFailure } from '../start-failure.ts';

export type EmbeddedFailureCode =
  | 'already_running'
  | 'wrong_version'
  | 'disk_full'
  | 'not_writable'
  | 'not_reachable'
  | 'no_binaries'
  | 'no_account'
  | 'foreign_data'
  | 'stopped_while_starting'
  | 'server_failed';

/** The database cannot be had, for a reason an operator can act on. `message` is one sentence, fit to be printed alone. */
export class EmbeddedFailure extends StartFailure {
  readonly code: EmbeddedFailureCode;

  constructor(code: EmbeddedFailureCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

const FULL =
  /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|Check free disk space|wrote only \d+ of \d+ bytes/i;
/** What a statement that needs room is answered. */
const FULL_SQLSTATE = '53100';
const FORBIDDEN = /^(EACCES|EPERM|EROFS)$/;

/** The code of a system error (`ENOENT`), of node-postgres (a SQLSTATE) or of SQLite; `null` where there is none. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/**
 * Turns whatever went wrong around `place` into a `EmbeddedFailure`. `doing` completes "The embedded PostgreSQL could not …".
 */
export function embeddedFailure(error: unknown, doing: string, place: string): EmbeddedFailure {
  if (error instanceof EmbeddedFailure) return error;
  const said = error instanceof Error ? error.message : String(error);
  const code = errorCode(error) ?? '';
  if (code === FULL_SQLSTATE || FULL.test(`${code} ${said}`)) {
    return new EmbeddedFailure(
      'disk_full',
      `The disk that holds ${place} is full: free some space and start again.`,
      error,
    );
  }
  if (FORBIDDEN.test(code)) {
    return new EmbeddedFailure(
      'not_writable',
      `The embedded PostgreSQL could not ${doing} (${said}): start as the user who owns ${place}, make it writable, or set DATABASE_URL.`,
      error,
    );
  }
  return new EmbeddedFailure('server_failed', `The embedded PostgreSQL could not ${doing}: ${said}`, error);
}

/** What it logs as fatal when we ask too early. */
const TOLD_TO_CLIENTS = /FATAL: {2}(the database system is |database "\w+" does not exist)/;

/**
 * What PostgreSQL's own output says is wrong, without the prefix: the line about a full disk, else the last that names a
 * severity, else the last that is not of its ordinary progress, else `otherwise`.
 */
export function complaint(output: string, otherwise: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !TOLD_TO_CLIENTS.test(line));
  const severe = lines.findLast((line) => /\b(PANIC|FATAL|ERROR|error):/.test(line));
  const plain = lines.findLast((line) => !/ (LOG|HINT|DETAIL): /.test(line));
  const line = lines.find((candidate) => FULL.test(candidate)) ?? severe ?? plain ?? otherwise;
  return line.replace(/^.*?\b(PANIC|FATAL|ERROR):\s*/, '').trim();
}
