import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { tokenOf, type User } from '../../demo/caller.ts';
import { createPlayedClock, type PlayedClock } from '../../demo/played-clock.ts';
import { type Receiver, startReceiver } from '../../demo/receiver.ts';
import { loadConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/log.ts';
import { type Service, startService } from '../../src/service.ts';
import { freshDatabase } from '../postgres.ts';

export const SECRET = `whsec_${Buffer.from('the secret of these tests only').toString('base64')}`;

/** As replicas share it: each would make a key of its own in its directory. */
export const ENCRYPTION_KEYS = JSON.stringify([
  Buffer.alloc(32, 'a key of these tests only').toString('base64'),
]);

export const admin: User = { sub: 'ada', roles: ['AWE_ADMIN'] };
export const caller: User = { sub: 'registry-service' };
export const person = (sub: string): User => ({ sub });

export type Answer<T = Record<string, unknown>> = { status: number; headers: Headers; text: string; body: T };

/** A whole service on a database of its own, with a receiver, a clock that can be advanced, and SQL to look behind it. */
export type Stand = {
  services: Service[];
  clock: PlayedClock;
  receiver: Receiver;
  databaseUrl: string;
  /** Calls the API of replica `replica` (0 unless told); never throws for a status. */
  call: <T = Record<string, unknown>>(
    user: User | null,
    method: string,
    path: string,
    body?: unknown,
    options?: { headers?: Record<string, string>; replica?: number },
  ) => Promise<Answer<T>>;
  sql: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Lets hours pass and everything that is due in them happen, on every replica at once. */
  hoursPass: (hours: number) => Promise<void>;
  /** Publishes a policy document and activates it. */
  publish: (policy: { policy_key: string }) => Promise<void>;
  restart: () => Promise<void>;
  close: () => Promise<void>;
};

export async function openStand(
  options: { replicas?: number; env?: Record<string, string> } = {},
): Promise<Stand> {
  const directory = await mkdtemp(join(tmpdir(), 'awe-stand-'));
  const database = await freshDatabase();
  const receiver = await startReceiver(SECRET, () => {});
  const clock = createPlayedClock();
  const env = {
    DATABASE_URL: database.url,
    AWE__SERVER__PORT: '0',
    AWE__SECRETS__DEFAULT_CALLBACK_SECRET: SECRET,
    AWE__SECRETS__ENCRYPTION_KEYS: ENCRYPTION_KEYS,
    AWE__DATABASE__POOL_SIZE: '4',
    ...options.env,
  };
  const start = () =>
    startService({
      config: loadConfig({ env, cwd: directory }),
      clock,
      directory,
      log: createLog('test', process.env.LOG_LEVEL ?? 'silent'),
    });
  const services: Service[] = [];
  for (let replica = 0; replica < (options.replicas ?? 1); replica += 1) services.push(await start());
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });

  const call: Stand['call'] = async (user, method, path, body, { headers = {}, replica = 0 } = {}) => {
    const response = await fetch(`${services[replica]?.url}/v1/awe${path}`, {
      method,
      headers: {
        ...(user ? { authorization: `Bearer ${tokenOf(user)}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : null,
    };
  };

  return {
    services,
    clock,
    receiver,
    databaseUrl: database.url,
    call,
    sql: async (text, values = []) => (await pool.query(text, values)).rows,
    hoursPass: async (hours) => {
      clock.advance(hours);
      await Promise.all(services.map((service) => service.runDeadlines()));
    },
    publish: async (policy) => {
      const created = await call(admin, 'POST', '/policies', policy);
      if (created.status !== 201) throw new Error(created.text);
      const path = `/policies/${encodeURIComponent(policy.policy_key)}/versions/1/activate`;
      const activated = await call(admin, 'POST', path);
      if (activated.status !== 200) throw new Error(activated.text);
    },
    restart: async () => {
      for (const [index, service] of services.entries()) {
        await service.stop();
        services[index] = await start();
      }
    },
    close: async () => {
      receiver.close();
      await pool.end();
      await Promise.all(services.map((service) => service.stop()));
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
