import { describe, expect, it } from 'vitest';
import { type Config, loadConfig } from '../../src/config/config.ts';
import { SETTINGS } from '../../src/config/setting-tree.ts';
import { visibleConfig } from '../../src/config/visible.ts';
import { type Given, refusal, sourcesOf } from './settings-text.ts';

const load = (given: Given = {}): Config => loadConfig(sourcesOf(given));
const yaml = (text: string): Given => ({ files: { '/srv/awe/config/default.yaml': text } });

describe('where settings come from', () => {
  it('needs nothing: every setting has a default', () => {
    const config = load();
    expect(config.webhook).toEqual({
      timeout_seconds: 10,
      max_attempts: 6,
      backoff_seconds: [60, 300, 900, 3600, 21600],
      poll_interval_seconds: 5,
      batch_size: 100,
      concurrency_per_receiver: 8,
      concurrency: 256,
    });
    expect(config.service_id).toBe('openg2p.awe');
    expect(config.server).toEqual({
      host: '127.0.0.1',
      port: 8000,
      metrics_token: null,
      max_calls_in_flight: 1000,
      body_limit_bytes: 262_144,
      max_connections: 10_000,
      rate_limit_per_minute: 0,
      cors_origins: [],
      hsts_seconds: 0,
    });
    expect(config.databaseUrl).toBeNull();
  });

  it('gives every caller defaults of its own', () => {
    load().webhook.backoff_seconds.push(1);
    expect(load().webhook.backoff_seconds).toHaveLength(5);
  });

  it('reads the default file, and lets the environment override it', () => {
    const config = load({
      ...yaml('awe:\n  module: registry\n  webhook:\n    max_attempts: 3\n    timeout_seconds: 2.5\n'),
      env: { AWE__WEBHOOK__MAX_ATTEMPTS: '4' },
    });
    expect(config.module).toBe('registry');
    expect(config.webhook).toMatchObject({ max_attempts: 4, timeout_seconds: 2.5, batch_size: 100 });
  });

  it('reads the file CONFIG_PATH names, relative or absolute', () => {
    const files = { '/srv/awe/local.yaml': 'awe: {module: near}', '/etc/awe.yaml': 'awe: {module: far}' };
    expect(load({ files, env: { CONFIG_PATH: 'local.yaml' } }).module).toBe('near');
    expect(load({ files, env: { CONFIG_PATH: '/etc/awe.yaml' } }).module).toBe('far');
  });

  it('takes a file of comments, an empty awe and an empty section for nothing said', () => {
    for (const text of ['# nothing\n', 'awe:\n', 'awe:\n  webhook:\n'])
      expect(load(yaml(text))).toEqual(load());
  });

  it('parses environment variables by what the setting holds, whatever their case', () => {
    const config = load({
      env: {
        awe__Server__Port: ' 9000 ',
        AWE__AUTH__ALLOW_INSECURE: 'TRUE',
        AWE__OUTBOUND__ALLOW_LOOPBACK: 'no',
        AWE__OUTBOUND__DENY_HOSTS: '["*.internal", "10.0.0.1"]',
        AWE__WEBHOOK__BACKOFF_SECONDS: '[0.5, 1]',
        AWE__SERVICE_ID: '17',
        AWE__KEYCLOAK__ISSUER: '',
        AWE__SECRETS__ENCRYPTION_KEYS: '',
        AWE__SLA: '{"check_interval_seconds": 30}',
      },
    });
    expect(config.server.port).toBe(9000);
    expect(config.auth.allow_insecure).toBe(true);
    expect(config.outbound.allow_loopback).toBe(false);
    expect(config.outbound.deny_hosts).toEqual(['*.internal', '10.0.0.1']);
    expect(config.webhook.backoff_seconds).toEqual([0.5, 1]);
    expect(config.service_id).toBe('17');
    expect(config.keycloak.issuer).toBeNull();
    expect(config.secrets.encryption_keys).toEqual([]);
    expect(config.sla.check_interval_seconds).toBe(30);
  });

  it('lets the variable of a setting win over the one of its section', () => {
    const env = { AWE__WEBHOOK__MAX_ATTEMPTS: '2', AWE__WEBHOOK: '{"max_attempts": 9, "batch_size": 7}' };
    expect(load({ env }).webhook).toMatchObject({ max_attempts: 2, batch_size: 7 });
  });

  it('takes postgres:// and postgresql:// databases, and an empty DATABASE_URL for none', () => {
    for (const url of ['postgres://u:p@db.example.org:5432/awe', 'postgresql:///awe?host=/run/postgresql']) {
      expect(load({ env: { DATABASE_URL: url } }).databaseUrl).toBe(url);
    }
    expect(load({ env: { DATABASE_URL: '' } }).databaseUrl).toBeNull();
  });
});

describe('what stops the start', () => {
  it('an unknown key, with its place and the key that was meant', () => {
    expect(refusal(yaml('awe:\n  webhook:\n    timeout_seconds: 3\n    max_atempts: 3\n'))).toBe(
      'The configuration has a problem:\n' +
        '  - webhook.max_atempts (config/default.yaml:4): unknown key; did you mean webhook.max_attempts?',
    );
    expect(refusal({ env: { AWE__SERVER__MAX_ATTEMPTS: '3' } })).toContain(
      'server.max_attempts (environment variable AWE__SERVER__MAX_ATTEMPTS): unknown key; did you mean webhook.max_attempts?',
    );
    expect(refusal({ env: { AWE__SLA__BANANA: '3' } })).toContain(
      'sla.banana (environment variable AWE__SLA__BANANA): unknown key; known here: check_interval_seconds. Correct or remove it',
    );
    expect(refusal({ env: { AWE__WEBHOOK__BACKOFF_SECONDS__0: '3' } })).toContain(
      'unknown key; did you mean',
    );
    expect(refusal({ env: { AWE__: '3' } })).toContain('unknown key');
    expect(refusal(yaml('awe:\n  __proto__: {a: 1}\n  constructor: 2\n'))).toMatch(
      /__proto__.*\n.*constructor/,
    );
  });

  it('every bad value, all of them at once', () => {
    const message = refusal({
      ...yaml('awe:\n  server: {port: http}\n  webhook: 7\n  module: " "\n  auth: {assignee_claim: email}\n'),
      env: {
        AWE__WEBHOOK__MAX_ATTEMPTS: '0',
        AWE__WEBHOOK__BACKOFF_SECONDS: '60,300',
        AWE__OUTBOUND__DENY_HOSTS: '["ok.example", "http://no.example"]',
        AWE__KEYCLOAK__ISSUER: 'keycloak/realms/x',
        AWE__KEYCLOAK__JWKS_URL: 'https://u:p@kc.example/certs',
        AWE__AUTH__ALLOW_INSECURE: 'maybe',
        DATABASE_URL: 'mysql://root:hunter2@db/awe',
      },
    });
    expect(message.split('\n')).toEqual([
      'The configuration has 11 problems:',
      '  - server.port (config/default.yaml:2): "http" is not a whole number from 0 to 65535',
      '  - webhook (config/default.yaml:3): a section, not one value; it holds timeout_seconds, max_attempts, backoff_seconds, poll_interval_seconds, batch_size, concurrency_per_receiver, concurrency',
      '  - module (config/default.yaml:4): " " is not text of 1 to 255 characters, not blank',
      '  - auth.assignee_claim (config/default.yaml:5): "email" is not sub or preferred_username',
      '  - webhook.max_attempts (environment variable AWE__WEBHOOK__MAX_ATTEMPTS): 0 is not a whole number from 1 to 100',
      '  - webhook.backoff_seconds (environment variable AWE__WEBHOOK__BACKOFF_SECONDS): "60,300" is not a list of at least one number of seconds, such as [60, 300]',
      '  - outbound.deny_hosts (environment variable AWE__OUTBOUND__DENY_HOSTS): ["ok.example","http://no.example"] is not a list of host names such as ["hooks.example.org", "*.example.net"] (item 2 is not)',
      '  - keycloak.issuer (environment variable AWE__KEYCLOAK__ISSUER): "keycloak/realms/x" is not an http:// or https:// URL without credentials in it, or empty for none',
      '  - keycloak.jwks_url (environment variable AWE__KEYCLOAK__JWKS_URL): "https://…@kc.example/certs" is not an http:// or https:// URL without credentials in it, or empty for none',
      '  - auth.allow_insecure (environment variable AWE__AUTH__ALLOW_INSECURE): "maybe" is not true or false',
      '  - DATABASE_URL (environment variable DATABASE_URL): begins with mysql:; write postgres://user:password@host:5432/database, or unset it for the embedded database',
    ]);
  });

  it('never repeats a secret', () => {
    const message = refusal({
      env: {
        AWE__SECRETS__ENCRYPTION_KEYS: '["hunter2-key"]',
        AWE__SECRETS__ENCRYPTION_KEY: 'hunter2',
        DATABASE_URL: 'postgres://u:hunter2#/@@db/awe',
      },
    });
    expect(message).not.toContain('hunter2');
    expect(message).toContain('secrets.encryption_keys (environment variable AWE__SECRETS__ENCRYPTION_KEYS)');
    expect(message).toContain('`openssl rand -base64 32` makes one) (item 1 is not)');
  });

  it('a file that was asked for and is not there, that is not YAML, or that is about something else', () => {
    expect(refusal({ env: { CONFIG_PATH: 'prod.yaml' } })).toBe(
      'The configuration file prod.yaml cannot be read (ENOENT). Correct CONFIG_PATH, or unset it.',
    );
    expect(refusal(yaml('awe:\n  a: [1\n'))).toMatch(
      /^The configuration file config\/default.yaml:\d is not YAML: /,
    );
    expect(refusal(yaml('awe: {}\nwebhook: {}\n'))).toBe(
      'The configuration file config/default.yaml:2 has the key "webhook" beside "awe". Move what belongs to AWE under "awe:" and remove the rest.',
    );
    expect(refusal(yaml('- 1\n'))).toContain('is not a mapping. Put the settings under "awe:".');
  });

  it('development identity on an address that others can reach', () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.4', 'awe.example.org']) {
      expect(refusal({ env: { AWE__SERVER__HOST: host } })).toContain(
        `server.host is ${host}, which others can reach, while keycloak.issuer is empty`,
      );
    }
    for (const host of ['127.0.0.1', '127.9.9.9', '::1', '[::1]', 'localhost', '::ffff:127.0.0.1']) {
      expect(load({ env: { AWE__SERVER__HOST: host } }).server.host).toBe(host);
    }
    const reachable = { AWE__SERVER__HOST: '0.0.0.0' };
    expect(load({ env: { ...reachable, AWE__AUTH__ALLOW_INSECURE: 'true' } }).server.host).toBe('0.0.0.0');
    expect(
      load({ env: { ...reachable, AWE__KEYCLOAK__ISSUER: 'https://kc.example/realms/r' } }).server.host,
    ).toBe('0.0.0.0');
  });

  it('but not a database URL without a host, as libpq writes it for a socket', () => {
    const DATABASE_URL = 'postgres://awe@/awe?host=/run/postgresql';
    expect(load({ env: { DATABASE_URL } }).databaseUrl).toBe(DATABASE_URL);
    expect(visibleConfig(load({ env: { DATABASE_URL } })).database).toMatchObject({
      server: 'localhost/awe',
    });
  });

  it('half a production identity', () => {
    expect(refusal({ env: { AWE__KEYCLOAK__AUDIENCE: 'awe' } })).toContain(
      'keycloak.issuer is empty although jwks_url, audience or additional_issuers is set',
    );
  });
});

describe('what GET /config shows', () => {
  it('is everything but the secrets', () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const shown = visibleConfig(
      load({
        env: {
          AWE__KEYCLOAK__ISSUER: 'https://kc.example/realms/r',
          AWE__KEYCLOAK__BASE_URL: 'https://kc.example',
          AWE__KEYCLOAK__REALM: 'r',
          AWE__KEYCLOAK__ADMIN_CLIENT_ID: 'awe',
          AWE__KEYCLOAK__ADMIN_CLIENT_SECRET: 'hunter2',
          AWE__SERVER__METRICS_TOKEN: 'hunter2',
          AWE__SECRETS__ENCRYPTION_KEYS: JSON.stringify([key]),
          AWE__SECRETS__DEFAULT_CALLBACK_SECRET: secret,
          DATABASE_URL: 'postgres://u:hunter2@db.example:6000/awe?password=hunter2',
        },
      }),
    );
    expect(JSON.stringify(shown)).not.toMatch(/hunter2|BwcH/);
    expect(shown).toMatchObject({
      identity: 'keycloak',
      keycloak: { issuer: 'https://kc.example/realms/r', admin_client_secret: 'set' },
      server: { port: 8000, metrics_token: 'set' },
      secrets: { encryption_keys: 'set', default_callback_secret: 'set' },
      outbound: { allow_loopback: false },
      database: { pool_size: 12, server: 'db.example:6000/awe' },
    });
  });

  it('hides each setting that is marked secret, and shows every other', () => {
    const config = load();
    const filled = structuredClone(config) as unknown as Record<string, Record<string, unknown>>;
    for (const { key, node } of SETTINGS) {
      const [section = '', name = ''] = key.split('.');
      if (node.secret) filled[section]![name] = Array.isArray(node.default) ? ['hunter2'] : 'hunter2';
    }
    const shown = visibleConfig(filled as unknown as Config) as Record<string, Record<string, unknown>>;
    expect(JSON.stringify(shown)).not.toContain('hunter2');
    for (const { key, node } of SETTINGS) {
      const [section = '', name] = key.split('.');
      const value = name === undefined ? shown[section] : shown[section]?.[name];
      if (node.secret) expect([key, value]).toEqual([key, 'set']);
      else if (key !== 'outbound.allow_loopback') expect([key, value]).toEqual([key, node.default]);
    }
  });

  it('marks as secret whatever is named like one', () => {
    const named = SETTINGS.filter(({ key }) => /(secret|token|password|_keys?)$/.test(key));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ node }) => !node.secret).map(({ key }) => key)).toEqual([]);
  });

  it('says development identity, the embedded database and missing secrets', () => {
    expect(visibleConfig(load())).toMatchObject({
      identity: 'development',
      secrets: { encryption_keys: 'not set', default_callback_secret: 'not set' },
      server: { metrics_token: 'not set' },
      outbound: { allow_loopback: true },
      database: { server: 'embedded' },
    });
  });
});
