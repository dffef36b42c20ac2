import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { loadConfig } from '../../src/config/config.ts';
import { configurationDocument } from '../../src/config/document.ts';
import { SETTINGS } from '../../src/config/setting-tree.ts';
import { sourcesOf } from './settings-text.ts';

const text = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const example = text('deploy/awe.example.yaml');

describe('docs/configuration.md', () => {
  it('is what the settings say (else: npm run config-docs)', () => {
    expect(text('docs/configuration.md')).toBe(configurationDocument(example));
  });

  it('has each setting once, with its default', () => {
    const rows = text('docs/configuration.md').split('\n');
    for (const { key, node } of SETTINGS) {
      const [row, ...others] = rows.filter((line) => line.startsWith(`| \`${key}\`<br>`));
      expect(others).toEqual([]);
      expect(row).toContain(node.default === null ? '|  |' : `| \`${JSON.stringify(node.default)}\` |`);
      expect(row?.includes('*secret*')).toBe(node.secret === true);
    }
  });
});

describe('deploy/awe.example.yaml', () => {
  const env = {
    CONFIG_PATH: '/etc/awe.yaml',
    DATABASE_URL_FILE: '/run/secrets/database-url',
    AWE__SECRETS__ENCRYPTION_KEYS_FILE: '/run/secrets/encryption-keys',
    AWE__KEYCLOAK__ADMIN_CLIENT_SECRET_FILE: '/run/secrets/keycloak-client-secret',
  };
  const files = {
    '/etc/awe.yaml': example,
    '/run/secrets/database-url': 'postgres://awe:hunter2@postgres.example.org:5432/awe\n',
    '/run/secrets/encryption-keys': `${Buffer.alloc(32, 7).toString('base64')}\n`,
    '/run/secrets/keycloak-client-secret': 'hunter2\n',
  };

  it('can be used with the secrets that it tells to mount', () => {
    for (const name of Object.keys(env).slice(1)) expect(example).toContain(`${name}=/run/secrets/`);
    expect(loadConfig(sourcesOf({ env, files }))).toMatchObject({
      keycloak: { issuer: 'https://keycloak.example.org/realms/registry', admin_client_secret: 'hunter2' },
      retention: { ended_requests_days: 730 },
      databaseUrl: 'postgres://awe:hunter2@postgres.example.org:5432/awe',
    });
  });

  it('changes what it mentions: nothing in it repeats a default', () => {
    const defaults = new Map(SETTINGS.map(({ key, node }) => [key, node.default]));
    const { awe } = parseDocument(example).toJS() as { awe: Record<string, Record<string, unknown>> };
    const repeated = Object.entries(awe).flatMap(([section, members]) =>
      Object.entries(members)
        .map(([name, value]) => ({ key: `${section}.${name}`, value }))
        .filter(({ key, value }) => JSON.stringify(defaults.get(key)) === JSON.stringify(value)),
    );
    expect(repeated).toEqual([]);
  });
});
