import { execFile, execFileSync } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

/** What PostgreSQL does of the same minimal statements by itself: transactions a second, and their mean in milliseconds. */
export type Floor = { perSecond: number; meanMs: number };

/** Where pgbench is: on the PATH, beside `pg_config`, or in Debian's usual place; null when it is nowhere. */
export async function findPgbench(): Promise<string | null> {
  const places = [...(process.env.PATH ?? '').split(':'), pgConfigBindir(), ...debianPlaces()];
  for (const place of places) {
    const path = join(place, 'pgbench');
    if (place !== '' && (await access(path).then(() => true, () => false))) return path;
  }
  return null;
}

/** Runs `script` with `callers` connections for `seconds`, prepared, on the database at `url`. */
export async function measureFloor(
  pgbench: string,
  url: string,
  script: string,
  callers: number,
  seconds: number,
): Promise<Floor> {
  const directory = await mkdtemp(join(tmpdir(), 'awe-floor-'));
  try {
    const file = join(directory, 'floor.sql');
    await writeFile(file, script);
    const { host, port, user, password, database } = new pg.Client({ connectionString: url });
    const { stdout } = await promisify(execFile)(
      pgbench,
      ['-n', '-M', 'prepared', '-c', String(callers), '-j', '2', '-T', String(seconds), '-f', file, database ?? ''],
      {
        env: {
          ...process.env,
          PGHOST: host,
          PGPORT: String(port),
          PGUSER: user ?? '',
          ...(typeof password === 'string' ? { PGPASSWORD: password } : {}),
        },
      },
    );
    const number = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1] ?? Number.NaN);
    return { perSecond: number(/tps = ([\d.]+)/), meanMs: number(/latency average = ([\d.]+)/) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function pgConfigBindir(): string {
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function debianPlaces(): string[] {
  return [18, 17, 16, 15, 14].map((version) => `/usr/lib/postgresql/${version}/bin`);
}
