import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Received, startReceiver } from '../../packages/server/demo/receiver.ts';
import { connectionUrl, DATABASE } from '../../packages/server/src/embedded/readiness.ts';
import { connectionSettings } from '../../packages/server/src/ledger/connection-settings.ts';
import type { Sql } from '../truth/ledger-faults.ts';
import { type ExternalPostgres, startExternalPostgres } from './external-postgres.ts';
import { type RunningService, startRunningService } from './running-service.ts';

export type StandKind = { replicas: number; database: 'embedded' | 'external' };

/** Services as processes on a database of their own, and a receiver of their webhooks. */
export type Stand = {
  /** By number; a service that was started again has another life in its place. */
  services: RunningService[];
  /** Of those that run. */
  urls: () => string[];
  external: ExternalPostgres | null;
  /** The data directory of the embedded database. */
  embeddedData: () => Promise<string>;
  callbackUrl: string;
  received: Received[];
  restart: (service: number) => Promise<void>;
  /** Statements over a connection of their own; rejects while the database is away. */
  withSql: <Result>(work: (sql: Sql) => Promise<Result>) => Promise<Result>;
  /** The logs of all lives so far, by name. */
  logs: () => Record<string, string>;
  close: () => Promise<void>;
};

const SECRET = `whsec_${Buffer.from('a secret for breaking things only').toString('base64')}`;
/** Short enough for a round to wait for a lease: 10 s longer than the timeout, which the service fixes. */
const SETTINGS = {
  AWE__SECRETS__DEFAULT_CALLBACK_SECRET: SECRET,
  AWE__SECRETS__ENCRYPTION_KEYS: JSON.stringify([Buffer.alloc(32, 5).toString('base64')]),
  AWE__WEBHOOK__TIMEOUT_SECONDS: '1',
  AWE__WEBHOOK__BACKOFF_SECONDS: '[0.2,0.5,1]',
  AWE__WEBHOOK__MAX_ATTEMPTS: '20',
  AWE__WEBHOOK__POLL_INTERVAL_SECONDS: '1',
  AWE__SLA__CHECK_INTERVAL_SECONDS: '0.5',
  AWE__DATABASE__POOL_SIZE: '8',
};

export async function openStand(kind: StandKind): Promise<Stand> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'awe-chaos-')));
  // For root: PostgreSQL's account has to get through.
  await chmod(directory, 0o711);
  const received: Received[] = [];
  const receiver = await startReceiver(SECRET, (webhook) => received.push(webhook));
  const isEmbedded = kind.database === 'embedded';
  const external = isEmbedded ? null : await startExternalPostgres(directory);
  const home = (service: number) => join(directory, `service-${service}`);
  const lives: { name: string; life: RunningService }[] = [];
  const services: RunningService[] = [];

  const start = async (service: number) => {
    const env = external === null ? {} : { DATABASE_URL: external.url };
    const { life, up } = startRunningService(home(service), { ...SETTINGS, ...env });
    lives.push({ name: `service-${service}-life-${lives.length + 1}.log`, life });
    services[service] = life;
    await up;
  };
  const url = async () =>
    external?.url ?? connectionUrl(await realpath(join(home(0), '.awe/postgres/run')), DATABASE);
  const close = async () => {
    receiver.close();
    for (const { life } of lives) if (life.isRunning()) life.kill('SIGKILL');
    await Promise.all(lives.map(({ life }) => life.ended));
    await external?.close();
    await removeWhenFree(directory);
  };
  try {
    for (let service = 0; service < kind.replicas; service += 1) {
      await mkdir(home(service));
      await start(service);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    services,
    urls: () => services.flatMap((life) => (life.isRunning() && life.url !== null ? [life.url] : [])),
    external,
    embeddedData: () => realpath(join(home(0), '.awe/postgres/data')),
    callbackUrl: receiver.url,
    received,
    restart: start,
    withSql: async (work) => withSql(await url(), work),
    logs: () => Object.fromEntries(lives.map(({ name, life }) => [name, life.log()])),
    close,
  };
}

async function withSql<Result>(url: string, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ ...connectionSettings(url), connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(async (text, values = []) => (await client.query(text, values)).rows);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A PostgreSQL whose service was killed ends by itself soon, and writes until then. */
async function removeWhenFree(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}
