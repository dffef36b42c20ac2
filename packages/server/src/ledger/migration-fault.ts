import { StartFailure } from '../start-failure.ts';
import { failureCode, isUnavailable } from './database-failure.ts';

const OLDEST = 140_000;
const NO_PRIVILEGE = '42501';
const BAD_CREDENTIALS = /^28/;
const NO_DATABASE = '3D000';
const CERTIFICATE = /certificate|self[- ]signed|ERR_TLS_/i;

/** `number` is the `server_version_num`; `read_only` is true on a standby. */
export type ServerFacts = { number: number; version: string; encoding: string; read_only: boolean };

/** Why a server cannot carry AWE, and the way out; null when it can. */
export function unsupportedServer(server: ServerFacts): string | null {
  if (server.number < OLDEST) {
    return `AWE needs PostgreSQL 14 or newer, and this one is ${server.version}; upgrade it or point DATABASE_URL at another`;
  }
  if (server.encoding !== 'UTF8') {
    return `AWE needs the encoding UTF8, and it has ${server.encoding}; create one with "encoding 'UTF8' template template0"`;
  }
  if (server.read_only) return 'it is read-only; point DATABASE_URL at the primary';
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
