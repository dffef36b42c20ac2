/**
 * By class of SQLSTATE: connection lost (08), credentials (28), no such database (3D), out of disk, memory or connections
 * (53), shutting down, starting or statement timeout (57), I/O error (58). All pass when an operator, or time, sees to it.
 */
const AWAY_CLASSES: ReadonlySet<string> = new Set(['08', '28', '3D', '53', '57', '58']);
/** A primary that has become a standby: the address leads somewhere else soon. */
const READ_ONLY = '25006';
/** Somebody else holds a lock for longer than we wait. */
const LOCKED = '55P03';

const AWAY_SYSTEM_ERRORS: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
]);
/** A socket's file that is missing or shut; any other place these codes come from is a fault of ours. */
const AWAY_SOCKET_ERRORS: ReadonlySet<string> = new Set(['ENOENT', 'EACCES']);

/** node-postgres gives these no code. */
const AWAY_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client (has encountered a connection error|was closed)|Cannot use a pool after calling end|The server does not support SSL|There was an error establishing an SSL)/;
const TLS_CODES = /^(ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_)/;

const UNIQUE = '23505';
const SERIALIZATION = '40001';
const DEADLOCK = '40P01';

/** The code of a database or system error (`23505`, `ECONNREFUSED`), or null. */
export function failureCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/**
 * The database cannot be used now, for a reason that is not in our statements: away, full, busy past its timeout, or
 * refusing our credentials. The caller may try again. Ask it of errors from the ledger only: a service of somebody else
 * fails with the same system errors.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = failureCode(error);
  if (code === null) return AWAY_MESSAGES.test(error.message);
  if (code === READ_ONLY || code === LOCKED || AWAY_SYSTEM_ERRORS.has(code) || TLS_CODES.test(code))
    return true;
  if (AWAY_SOCKET_ERRORS.has(code)) return 'syscall' in error && error.syscall === 'connect';
  return /^[0-9A-Z]{5}$/.test(code) && AWAY_CLASSES.has(code.slice(0, 2));
}

/** Somebody else holds a row, or a table, for longer than was waited. What it does not hold can be written. */
export function isLocked(error: unknown): boolean {
  return failureCode(error) === LOCKED;
}

/** Somebody else was there first: the value is taken. */
export function isTaken(error: unknown): boolean {
  return failureCode(error) === UNIQUE;
}

/** PostgreSQL gave one of two transactions up, and the same one will do when tried again. */
export function isContention(error: unknown): boolean {
  const code = failureCode(error);
  return code === SERIALIZATION || code === DEADLOCK;
}
