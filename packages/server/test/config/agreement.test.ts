import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { refusal, sourcesOf } from './settings-text.ts';

const directory = {
  AWE__KEYCLOAK__BASE_URL: 'https://kc.example',
  AWE__KEYCLOAK__REALM: 'registry',
  AWE__KEYCLOAK__ADMIN_CLIENT_ID: 'awe',
  AWE__KEYCLOAK__ADMIN_CLIENT_SECRET: 'hunter2',
};
const names = Object.keys(directory) as (keyof typeof directory)[];
const keyOf = (variable: string) => variable.slice('AWE__'.length).toLowerCase().replace('__', '.');

describe('the directory', () => {
  it('is configured whole, or not at all', () => {
    expect(loadConfig(sourcesOf({ env: directory })).keycloak.realm).toBe('registry');
    expect(loadConfig(sourcesOf()).keycloak.realm).toBeNull();
  });

  it.each(names)('is not without %s', (name) => {
    const env = Object.fromEntries(Object.entries(directory).filter(([each]) => each !== name));
    const others = names.filter((each) => each !== name);
    expect(refusal({ env })).toBe(
      `The configuration has a problem:\n  - ${keyOf(name)} (${name}): missing beside ${others.map(keyOf).join(', ')}; roles and groups are looked up in Keycloak with all four of these settings. Set what is missing, or none of them for no lookups`,
    );
  });

  it.each(names)('is not with %s alone', (name) => {
    const others = names.filter((each) => each !== name);
    const message = refusal({ env: { [name]: directory[name] } });
    expect(message).toContain(
      `  - ${others.map(keyOf).join(', ')} (${others.join(', ')}): missing beside ${keyOf(name)};`,
    );
    expect(message).not.toContain('hunter2');
  });
});

describe('the archive', () => {
  it('has a directory when requests are to be removed', () => {
    expect(refusal({ env: { AWE__RETENTION__ENDED_REQUESTS_DAYS: '30' } })).toBe(
      'The configuration has a problem:\n  - retention.archive_directory (AWE__RETENTION__ARCHIVE_DIRECTORY): missing beside retention.ended_requests_days; ended requests are removed only once they are archived. Set it to a directory that lasts, or ended_requests_days to 0 to keep them',
    );
    const env = { AWE__RETENTION__ENDED_REQUESTS_DAYS: '30', AWE__RETENTION__ARCHIVE_DIRECTORY: '/archive' };
    expect(loadConfig(sourcesOf({ env })).retention).toEqual({
      delivered_deliveries_days: 90,
      ended_requests_days: 30,
      archive_directory: '/archive',
    });
  });

  it('may have a directory that is not used yet', () => {
    const env = { AWE__RETENTION__ARCHIVE_DIRECTORY: '/archive' };
    expect(loadConfig(sourcesOf({ env })).retention.ended_requests_days).toBe(0);
  });
});
