import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { type Given, refusal, sourcesOf } from './settings-text.ts';

const load = (given: Given) => loadConfig(sourcesOf(given));
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');

describe('a secret that is mounted as a file', () => {
  it('is its text without the blanks around it', () => {
    const config = load({
      env: {
        AWE__SERVER__METRICS_TOKEN_FILE: '/run/secrets/metrics',
        awe__secrets__default_callback_secret_file: 'secrets/callback',
        DATABASE_URL_FILE: '/run/secrets/database',
      },
      files: {
        '/run/secrets/metrics': 'hunter2\n',
        '/srv/awe/secrets/callback': '\thunter 3 \r\n',
        '/run/secrets/database': 'postgres://u:p@db.example/awe\n',
      },
    });
    expect(config.server.metrics_token).toBe('hunter2');
    expect(config.secrets.default_callback_secret).toBe('hunter 3');
    expect(config.databaseUrl).toBe('postgres://u:p@db.example/awe');
  });

  it.each([
    ['JSON', JSON.stringify([key(1), key(2)])],
    ['one item a line', `${key(1)}\r\n\n  ${key(2)}\n`],
  ])('holds a list as %s', (_, text) => {
    const config = load({
      env: { AWE__SECRETS__ENCRYPTION_KEYS_FILE: '/keys' },
      files: { '/keys': text },
    });
    expect(config.secrets.encryption_keys).toEqual([key(1), key(2)]);
  });

  it('counts for more than the configuration file, and not at all when no path is given', () => {
    const files = {
      '/srv/awe/config/default.yaml': 'awe: {server: {metrics_token: from-yaml}}',
      '/token': 'from-file',
    };
    const token = (env: Record<string, string>) => load({ env, files }).server.metrics_token;
    expect(token({ AWE__SERVER__METRICS_TOKEN_FILE: '/token' })).toBe('from-file');
    expect(token({ AWE__SERVER__METRICS_TOKEN_FILE: '' })).toBe('from-yaml');
  });
});

describe('what stops the start', () => {
  const said = (given: Given) => refusal(given).split('\n').slice(1).join('\n');

  it('a file that is not there, or empty', () => {
    const env = { DATABASE_URL_FILE: '/nowhere', AWE__SERVER__METRICS_TOKEN_FILE: '/empty' };
    expect(said({ env, files: { '/empty': ' \n' } })).toBe(
      '  - DATABASE_URL (file /nowhere, named by environment variable DATABASE_URL_FILE): cannot be read (ENOENT); correct the path or the file\n' +
        '  - AWE__SERVER__METRICS_TOKEN (file /empty, named by environment variable AWE__SERVER__METRICS_TOKEN_FILE): is empty; correct the path or the file',
    );
  });

  it('a value that is not good, named by its file and never repeated', () => {
    const env = { DATABASE_URL_FILE: '/database', AWE__SECRETS__ENCRYPTION_KEYS_FILE: '/keys' };
    const files = { '/database': 'mysql://root:hunter2@db/awe', '/keys': 'hunter2' };
    expect(said({ env, files })).toBe(
      '  - secrets.encryption_keys (file /keys, named by environment variable AWE__SECRETS__ENCRYPTION_KEYS_FILE): the value (kept out of this message) is not a list of 32-byte keys in base64 (`openssl rand -base64 32` makes one) (item 1 is not)\n' +
        '  - DATABASE_URL (file /database, named by environment variable DATABASE_URL_FILE): begins with mysql:; write postgres://user:password@host:5432/database, or unset it for the embedded database',
    );
  });

  it('the variable and its file together', () => {
    const env = { DATABASE_URL: 'postgres://u@db/awe', DATABASE_URL_FILE: '/database' };
    expect(said({ env, files: { '/database': 'postgres://u@other/awe' } })).toBe(
      '  - DATABASE_URL and DATABASE_URL_FILE (environment variables): both are set; unset one of them',
    );
  });

  it('a file for what is no secret', () => {
    expect(said({ env: { AWE__SERVER__PORT_FILE: '/port' }, files: { '/port': '9000' } })).toBe(
      '  - server.port_file (environment variable AWE__SERVER__PORT_FILE): unknown key; known here: ' +
        'host, port, metrics_token, max_calls_in_flight, body_limit_bytes, max_connections, rate_limit_per_minute, cors_origins, hsts_seconds. Correct or remove it',
    );
  });
});
