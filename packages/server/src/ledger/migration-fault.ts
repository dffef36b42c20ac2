import { StartFailure } from '../start-failure.ts';
import { failureCode, isUnavailable } from './database-failure.ts';

const OLDEST = 140_000;
const NO_PRIVILEGE = '42501';
const READ_ONLY = '25006';
const BAD_CREDENTIALS = /^28/;
const NO_DATABASE = '3D000';
const CERTIFICATE = /certificate|self[- ]signed|ERR_TLS_/i;

/** Why a server cannot carry AWE, as one sentence; null when it can. `number` is its `server_version_num`. */
export function unsupportedServer(server: {
  number: number;
  version: string;
  encoding: string;
}): string | null {
  if (server.number < OLDEST) {
    return `AWE needs PostgreSQL 14 or newer, and this one is ${server.version}: upgrade it or point DATABASE_URL at another`;
  }
  if (server.encoding !== 'UTF8') {
    return `AWE needs a database with encoding UTF8, and this one has ${server.encoding}: create one with "encoding 'UTF8' template template0"`;
  }
  return null;
}

/** Whatever went wrong before the schema was in place, as something an operator can act on. */
export function migrationFault(error: unknown, target: string): StartFailure {
  if (error instanceof StartFailure) return error;
  const said = describe(error);
  const code = failureCode(error) ?? '';
  const failure = (message: string) => new StartFailure(message, { cause: error });
  if (code === NO_PRIVILEGE) {
    return failure(
      `The ${target} may not be changed by this user (${said}): grant it "create" on the schema, or run "awe migrate" as the owner.`,
    );
  }
  if (code === READ_ONLY)
    return failure(`The ${target} is read-only (${said}): point DATABASE_URL at the primary.`);
  if (BAD_CREDENTIALS.test(code))
    return failure(
      `The ${target} refuses to let us in (${said}): check the user and password in DATABASE_URL.`,
    );
  if (code === NO_DATABASE)
    return failure(`The ${target} does not exist: create it, or correct DATABASE_URL.`);
  if (CERTIFICATE.test(`${code} ${said}`)) {
    return failure(
      `The ${target} shows a certificate that cannot be verified (${said}): name its authority by sslrootcert=<file> in DATABASE_URL.`,
    );
  }
  if (isUnavailable(error))
    return failure(
      `The ${target} cannot be reached (${said}): check that it runs and that DATABASE_URL is right.`,
    );
  return failure(`The ${target} could not be migrated: ${said}`);
}

/** With several addresses behind a name, Node wraps one failure for each and says nothing itself. */
function describe(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return [...new Set(error.errors.map(describe))].join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
