import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type KeycloakProcess = {
  url: string;
  /** Where this run's copy lies. */
  path: string;
  stop: () => Promise<void>;
};

export type Start = { home: string; realm: object; admin: { username: string; password: string } };

/** The build of a first start takes half a minute, or several on a machine that is busy otherwise. */
const START_WITHIN_MS = 420_000;
const STOP_WITHIN_MS = 10_000;
/** Starts faster, and nobody runs it for long. */
const JVM = '-XX:TieredStopAtLevel=1';

/**
 * Starts a copy of `home` in development mode on free ports of this machine, its database in memory, with the realm
 * imported; resolves when it listens. The copy goes when it stops.
 */
export async function startKeycloak({ home, realm, admin }: Start): Promise<KeycloakProcess> {
  const path = await mkdtemp(join(tmpdir(), 'awe-keycloak-'));
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 5 });
  try {
    await cp(home, path, {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (from) => from !== join(home, 'data'),
    });
    await mkdir(join(path, 'data/import'), { recursive: true });
    await writeFile(join(path, 'data/import/realm.json'), JSON.stringify(realm));
    const [port, managementPort] = await freePorts();
    const child = spawn(
      join(path, 'bin/kc.sh'),
      [
        'start-dev',
        '--import-realm',
        '--db=dev-mem',
        '--http-host=127.0.0.1',
        `--http-port=${port}`,
        `--http-management-port=${managementPort}`,
      ],
      {
        // A group of its own: the script's Java goes with it.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          KC_BOOTSTRAP_ADMIN_USERNAME: admin.username,
          KC_BOOTSTRAP_ADMIN_PASSWORD: admin.password,
          JAVA_OPTS_APPEND: JVM,
        },
      },
    );
    const stop = async () => {
      await end(child);
      await remove();
    };
    await listening(child).catch(async (error: unknown) => {
      await end(child);
      throw error;
    });
    return { url: `http://127.0.0.1:${port}`, path, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Resolves when Keycloak says that it listens; rejects with its last lines when it does not come to that. */
async function listening(child: ChildProcess): Promise<void> {
  const lines: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const failed = (what: string) =>
    reject(new Error(`Keycloak ${what}. It said:\n${lines.slice(-40).join('\n')}`));
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      if (line.includes('Listening on:')) resolve();
    });
  }
  child.once('exit', (code) => failed(`ended with code ${code}`));
  child.once('error', (error) => failed(`could not be started: ${error.message}`));
  const timer = setTimeout(
    () => failed(`did not listen within ${START_WITHIN_MS / 1000} s`),
    START_WITHIN_MS,
  );
  try {
    await promise;
  } finally {
    clearTimeout(timer);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const group = -child.pid;
  const gone = once(child, 'exit');
  process.kill(group, 'SIGTERM');
  const timer = setTimeout(() => process.kill(group, 'SIGKILL'), STOP_WITHIN_MS);
  await gone;
  clearTimeout(timer);
}

/** Two at once, so that they differ. */
async function freePorts(): Promise<number[]> {
  const servers = [createServer(), createServer()];
  await Promise.all(servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
