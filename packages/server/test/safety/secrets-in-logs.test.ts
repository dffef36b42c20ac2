import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPERATION_LIST } from '@awe/contract/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenOf, type User } from '../../demo/caller.ts';
import { startReceiver } from '../../demo/receiver.ts';
import { loadConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/log.ts';
import { type Service, startService } from '../../src/service.ts';
import { freshDatabase } from '../postgres.ts';
import { policyOf, user } from '../service/story.ts';

const random = () => randomBytes(24).toString('base64url');
const CALLBACK_SECRET = `whsec_${randomBytes(24).toString('base64')}`;
const ENCRYPTION_KEY = randomBytes(32).toString('base64');
const KEYCLOAK_SECRET = random();
const METRICS_TOKEN = random();
const URL_SECRET = random();
/** Everything that must be found nowhere, by what it is. */
const secrets = new Map([
  ['the callback secret', CALLBACK_SECRET.slice('whsec_'.length)],
  ['the encryption key', ENCRYPTION_KEY],
  ['the Keycloak secret', KEYCLOAK_SECRET],
  ['the metrics token', METRICS_TOKEN],
  ['the secret in the callback URL', URL_SECRET],
]);

const admin: User = { sub: 'ada', roles: ['AWE_ADMIN'] };
const alice: User = { sub: 'alice' };
const lines: string[] = [];
const answers: string[] = [];
let service: Service;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'awe-secrets-'));
  database = await freshDatabase();
  receiver = await startReceiver(CALLBACK_SECRET, () => {});
  const password = new URL(database.url).password;
  if (password !== '') secrets.set('the database password', password);
  service = await startService({
    directory,
    log: createLog('test', 'trace', { write: (line) => void lines.push(line) }),
    config: loadConfig({
      cwd: directory,
      env: {
        DATABASE_URL: database.url,
        AWE__SERVER__PORT: '0',
        AWE__SERVER__METRICS_TOKEN: METRICS_TOKEN,
        AWE__SECRETS__DEFAULT_CALLBACK_SECRET: CALLBACK_SECRET,
        AWE__SECRETS__ENCRYPTION_KEYS: JSON.stringify([ENCRYPTION_KEY]),
        AWE__KEYCLOAK__BASE_URL: 'http://127.0.0.1:1',
        AWE__KEYCLOAK__REALM: 'awe',
        AWE__KEYCLOAK__ADMIN_CLIENT_ID: 'awe-admin',
        AWE__KEYCLOAK__ADMIN_CLIENT_SECRET: KEYCLOAK_SECRET,
      },
    }),
  });
});
afterAll(async () => {
  receiver.close();
  await service?.stop();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

/** Calls the service; token, answer and all are remembered. */
async function call(caller: User, method: string, path: string, body?: unknown) {
  const token = tokenOf(caller);
  secrets.set(`the token of ${caller.sub}`, token);
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  // Whoever gave a request its callback URL may read it there again; nobody else's answers hold a secret.
  if (response.status >= 400 || /\/(health|version|config)$/.test(path)) answers.push(text);
  return { status: response.status, body: isJson && text.startsWith('{') ? JSON.parse(text) : null };
}

const found = (texts: string[]) =>
  [...secrets].flatMap(([what, secret]) =>
    texts.filter((text) => text.includes(secret)).map((text) => `${what} in ${text}`),
  );

describe('a service that logs everything it can', () => {
  it('is asked for every operation, in good calls and in bad ones', async () => {
    const policy = policyOf('one', [{ rules: [user('alice')] }]);
    expect((await call(admin, 'POST', '/v1/awe/policies', policy)).status).toBe(201);
    expect((await call(admin, 'POST', '/v1/awe/policies/one/versions/1/activate')).status).toBe(200);
    const request = { policy_key: 'one', artifact_type: 't', artifact_id: 'a' };
    const callback_url = `${receiver.url}?key=${URL_SECRET}`;
    const created = await call(alice, 'POST', '/v1/awe/requests', { ...request, callback_url });
    expect(created.status).toBe(201);
    await call(alice, 'POST', '/v1/awe/requests', {
      ...request,
      callback_url: `http://127.0.0.1:1/?key=${URL_SECRET}`,
    });
    const bad = { ...request, callback_url: `http://169.254.169.254/?key=${URL_SECRET}` };
    expect((await call(alice, 'POST', '/v1/awe/requests', bad)).status).toBe(400);
    const decision = { action: 'approve', comment: 'fine' };
    const task = created.body.tasks[0].id;
    expect((await call(alice, 'POST', `/v1/awe/tasks/${task}/decision`, decision)).status).toBe(201);
    await receiver.expect((each) => each.event_type === 'request_approved');

    const statuses = new Map<number, number>();
    for (const [, operation] of OPERATION_LIST) {
      const path = operation.path.replaceAll(/\{\w+\}/g, 'x');
      const method = operation.method.toUpperCase();
      const examples = method === 'GET' ? [undefined] : [operation.examples.body, '{', undefined];
      for (const caller of [admin, alice]) {
        for (const body of examples) {
          const { status } = await call(caller, method, `${path}?token=${URL_SECRET}`, body);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      }
    }
    // Good and bad calls there were, and each left its line.
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 403, 404, 422]));
    expect(lines.filter((line) => JSON.parse(line).msg === 'answered').length).toBeGreaterThan(
      OPERATION_LIST.length * 2,
    );
  });

  it('says no secret in a line of its log', () => {
    expect(found(lines)).toEqual([]);
  });

  it('says none in a refusal, in its settings, or in a probe', async () => {
    const { body } = await call(admin, 'GET', '/v1/awe/config');
    expect(body.secrets).toEqual({ encryption_keys: 'set', default_callback_secret: 'set' });
    expect([body.keycloak.admin_client_secret, body.server.metrics_token]).toEqual(['set', 'set']);
    expect(answers.length).toBeGreaterThan(50);
    expect(found(answers)).toEqual([]);
  });
});

describe('a start that fails', () => {
  it.each([
    ['does not answer', (secret: string) => `postgres://awe:${secret}@127.0.0.1:1/awe`],
    ['is no URL', (secret: string) => `postgres://awe:${secret}@:::/`],
    ['is of another kind', (secret: string) => `mysql://awe:${secret}@db.example/awe`],
    [
      'has an unknown option',
      (secret: string) => `postgres://awe:${secret}@127.0.0.1:1/awe?sslmode=${secret}`,
    ],
    [
      'has its password elsewhere',
      (secret: string) => `postgres://127.0.0.1:1/awe?user=awe&password=${secret}`,
    ],
  ])('does not repeat the password of a database that %s', async (_, urlWith) => {
    const secret = random();
    const said: string[] = [];
    const log = createLog('test', 'trace', { write: (line) => void said.push(line) });
    const error = await Promise.resolve()
      .then(() =>
        loadConfig({ cwd: directory, env: { DATABASE_URL: urlWith(secret), AWE__SERVER__PORT: '0' } }),
      )
      .then((config) => startService({ config, directory, log }))
      .then(
        () => null,
        (reason: Error) => reason,
      );
    expect(error?.name).toBe('StartFailure');
    expect([...said, error?.message, error?.stack].filter((text) => text?.includes(secret))).toEqual([]);
  });

  it('does not repeat a setting that holds a secret', () => {
    const secret = random();
    for (const [name, value] of [
      ['SECRETS__ENCRYPTION_KEYS', JSON.stringify([secret])],
      ['KEYCLOAK__BASE_URL', `https://admin:${secret}@id.example`],
      ['KEYCLOAK__ISSUER', `https://${secret}@id.example`],
    ] as const) {
      const error = (() => {
        try {
          return loadConfig({ cwd: directory, env: { [`AWE__${name}`]: value } });
        } catch (reason) {
          return reason as Error;
        }
      })();
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).message).toContain(`AWE__${name}`);
      expect((error as Error).message).not.toContain(secret);
    }
  });
});
