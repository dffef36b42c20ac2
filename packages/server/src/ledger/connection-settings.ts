import type { ClientConfig } from 'pg';
import pg from 'pg';
import { StartFailure } from '../start-failure.ts';
import { readInstant } from './instant-column.ts';

const INT8 = pg.types.builtins.INT8;
const TIMESTAMPTZ = pg.types.builtins.TIMESTAMPTZ;

const SESSION = {
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  // What waited for a lock has to see what was committed meanwhile, whatever this database's default is.
  default_transaction_isolation: 'read committed',
  // Our statements are short; compiling one takes longer than running it, whatever its estimated cost.
  jit: 'off',
};

/** Values of one pool only: a library that shares `pg` with us keeps its own idea of dates and big numbers. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      if (oid === TIMESTAMPTZ) return readInstant;
      // Counts and sizes, far below 2^53.
      if (oid === INT8) return Number;
    }
    return pg.types.getTypeParser(oid, format);
  },
};

/**
 * How every connection of ours is made. `url` may carry its own `options`, which are kept: what follows them wins, and
 * that is our session's time zone and date style.
 */
export function connectionSettings(
  url: string,
  session: Readonly<Record<string, string>> = {},
): ClientConfig {
  const { connectionString, options } = takeOptions(url);
  const own = Object.entries({ ...session, ...SESSION }).map(
    ([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`,
  );
  return {
    connectionString,
    options: [...(options === null ? [] : [options]), ...own].join(' '),
    fallback_application_name: 'awe',
    keepAlive: true,
    // Before a firewall forgets an idle connection; the usual limits start at 60 seconds.
    keepAliveInitialDelayMillis: 30_000,
    types: types as NonNullable<ClientConfig['types']>,
  };
}

/** `options` in a connection string would beat the ones beside it, so they are taken out to be merged. */
function takeOptions(url: string): { connectionString: string; options: string | null } {
  const start = url.indexOf('?');
  if (start < 0) return { connectionString: url, options: null };
  const parameters = new URLSearchParams(url.slice(start));
  const options = parameters.get('options');
  if (options === null) return { connectionString: url, options: null };
  parameters.delete('options');
  return { connectionString: `${url.slice(0, start)}?${parameters}`, options };
}

/** Where a URL leads, for people: never the password. Throws `StartFailure` when it cannot be understood. */
export function describeTarget(url: string): string {
  try {
    const { host, port, database, user } = new pg.Client(connectionSettings(url));
    const place = host.startsWith('/') ? `the socket in ${host}` : host;
    return `database "${database ?? ''}" at ${place}, port ${port}, as "${user ?? ''}"`;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new StartFailure(
      `DATABASE_URL cannot be used (${said}): it looks like postgres://user:password@host:5432/database.`,
    );
  }
}
