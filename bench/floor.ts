import { execFileSync } from 'node:child_process';
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { runOwned } from './children.ts';
import { readFloorLog } from './floor-log.ts';
import type { Timed } from './load.ts';
import { makeScratch, removeScratch } from './scratch.ts';

/** Where pgbench is: on the PATH, beside `pg_config`, or in Debian's usual place; null when it is nowhere. */
export async function findPgbench(): Promise<string | null> {
  const places = [...(process.env.PATH ?? '').split(':'), pgConfigBindir(), ...debianPlaces()];
  for (const place of places) {
    if (place === '') continue;
    const path = join(place, 'pgbench');
    if (await exists(path)) return path;
  }
  return null;
}

/** Not counted: while every connection plans its statements. */
const WARM_UP_SECONDS = 0.5;

/**
 * What PostgreSQL does of the same minimal statements by itself: `script` by `callers` connections for about `seconds`,
 * prepared, and planned once a connection, on the database at `url`. Rejects when a statement fails.
 */
export async function measureFloor(
  pgbench: string,
  url: string,
  script: string,
  callers: number,
  seconds: number,
): Promise<Timed> {
  const directory = await makeScratch('floor');
  try {
    await writeFile(join(directory, 'floor.sql'), script);
    const { host, port, user, password, database } = new pg.Client({ connectionString: url });
    const whole = Math.ceil(seconds + WARM_UP_SECONDS);
    const jobs = Math.min(2, callers);
    const args = ['-n', '-M', 'prepared', '-c', callers, '-j', jobs, '-T', whole, '-l', '-f', 'floor.sql'];
    await runOwned(pgbench, [...args.map(String), database ?? ''], {
      cwd: directory,
      env: {
        ...process.env,
        PGHOST: host,
        PGPORT: String(port),
        PGUSER: user ?? '',
        PGOPTIONS: '-c plan_cache_mode=force_generic_plan',
        ...(typeof password === 'string' ? { PGPASSWORD: password } : {}),
      },
      timeout: (whole + 60) * 1000,
    });
    const logs = (await readdir(directory)).filter((name) => name.startsWith('pgbench_log.'));
    const texts = await Promise.all(logs.map((name) => readFile(join(directory, name), 'utf8')));
    return readFloorLog(texts.join(''), WARM_UP_SECONDS);
  } finally {
    await removeScratch(directory);
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function pgConfigBindir(): string {
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return '';
  }
}

function debianPlaces(): string[] {
  return [18, 17, 16, 15, 14].map((version) => `/usr/lib/postgresql/${version}/bin`);
}
