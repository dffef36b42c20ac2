import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '26.7.4';
/** Keycloak 26 asks for at least this Java. */
const JAVA = 17;
const FETCH_MS = 180_000;
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'awe');

export type KeycloakHome = {
  path: string;
  /** Keeps what the first start in development mode has built, half a minute's work, for later runs. */
  keepBuilt: (from: string) => Promise<void>;
};

/** An unpacked Keycloak: KEYCLOAK_HOME, else one from Maven Central. A string says why there can be none on this machine. */
export async function keycloakHome(say: (line: string) => void): Promise<KeycloakHome | string> {
  const java = javaVersion();
  if (java === null || java < JAVA) {
    return `there is ${java === null ? 'no Java' : `only Java ${java}`} here, and Keycloak needs Java ${JAVA}`;
  }
  const given = process.env.KEYCLOAK_HOME;
  if (given) {
    if (!existsSync(join(given, 'bin/kc.sh'))) throw new Error(`KEYCLOAK_HOME: ${given} has no bin/kc.sh`);
    return { path: given, keepBuilt: async () => {} };
  }
  const path = join(CACHE, `keycloak-${VERSION}`);
  if (!existsSync(path)) {
    if (spawnSync('mvn', ['--version']).status !== 0) {
      return 'KEYCLOAK_HOME is not set, and there is no mvn here to fetch Keycloak with';
    }
    say(`fetching Keycloak ${VERSION} from Maven Central into ${CACHE}`);
    try {
      await fetchKeycloak(path);
    } catch (error) {
      return `Keycloak cannot be fetched from Maven Central (${lastLine(error)})`;
    }
  }
  return { path, keepBuilt: (from) => keepBuilt(from, path) };
}

async function fetchKeycloak(path: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const scratch = await mkdtemp(join(CACHE, 'fetching-'));
  try {
    const artifact = `org.keycloak:keycloak-quarkus-dist:${VERSION}:tar.gz`;
    const run = promisify(execFile);
    const copy = ['-B', '-q', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${scratch}`];
    await run('mvn', copy, { timeout: FETCH_MS });
    await run('tar', ['-xzf', join(scratch, `keycloak-quarkus-dist-${VERSION}.tar.gz`), '-C', scratch]);
    await rename(join(scratch, `keycloak-${VERSION}`), path);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function lastLine(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.trim().split('\n').at(-1) ?? said;
}

async function keepBuilt(from: string, path: string): Promise<void> {
  const mark = join(path, 'built-for-development');
  if (existsSync(mark)) return;
  await cp(join(from, 'lib/quarkus'), join(path, 'lib/quarkus'), { recursive: true, force: true });
  await writeFile(mark, '');
}

/** The major version, or null without Java. */
function javaVersion(): number | null {
  const home = process.env.JAVA_HOME;
  const { status, stderr } = spawnSync(home ? join(home, 'bin/java') : 'java', ['-version'], {
    encoding: 'utf8',
  });
  const version = /version "(\d+)/.exec(stderr ?? '')?.[1];
  return status === 0 && version ? Number(version) : null;
}
