import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerCommandLine } from '../../src/command-line.ts';
import { SETTINGS } from '../../src/config/setting-tree.ts';
import { StartFailure } from '../../src/start-failure.ts';
import { type Given, sourcesOf } from './settings-text.ts';

const answer = (args: string[], given: Given = {}) => answerCommandLine(args, sourcesOf(given)) ?? '';

function refused(args: string[], given: Given = {}): string {
  try {
    answer(args, given);
  } catch (error) {
    if (error instanceof StartFailure) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('the command line', () => {
  it('without an option starts the service', () => {
    expect(answerCommandLine([], sourcesOf())).toBeNull();
  });

  it('tells its options and its version', () => {
    expect(answer(['--help'])).toMatch(/^AWE.*--check-config.*--version.*--help/s);
    expect(answer(['--version'], { env: { AWE_GIT_COMMIT: 'abc', AWE_BUILD_TIME: 'today' } })).toMatch(
      /^awe \d+\.\d+\.\d+ \(commit abc, built today\)\n$/,
    );
  });

  it('refuses what it does not know', () => {
    expect(refused(['--chek-config'])).toBe(
      "Unknown option '--chek-config'. Options: --check-config, --version, --help.",
    );
    expect(refused(['serve'])).toBe(
      "Unexpected argument 'serve'. Options: --check-config, --version, --help.",
    );
  });
});

describe('--check-config', () => {
  const check = (given: Given) => answer(['--check-config'], given);
  const lineOf = (said: string, key: string) =>
    said
      .split('\n')
      .find((line) => line.startsWith(`${key} `))
      ?.split(/ {2,}/);

  it('shows each setting with where it was written, and no secret', () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    const said = check({
      env: {
        AWE__WEBHOOK__MAX_ATTEMPTS: '3',
        AWE__SERVER__METRICS_TOKEN: 'hunter2',
        AWE__SECRETS__ENCRYPTION_KEYS_FILE: '/keys',
        DATABASE_URL: 'postgres://awe:hunter2@db.example:5433/approvals',
      },
      files: { '/srv/awe/config/default.yaml': 'awe:\n  webhook:\n    batch_size: 7\n', '/keys': key },
    });
    for (const setting of SETTINGS) expect(lineOf(said, setting.key)).toHaveLength(3);
    expect(lineOf(said, 'webhook.max_attempts')).toEqual([
      'webhook.max_attempts',
      '3',
      'environment variable AWE__WEBHOOK__MAX_ATTEMPTS',
    ]);
    expect(lineOf(said, 'webhook.batch_size')).toEqual(['webhook.batch_size', '7', 'config/default.yaml:3']);
    expect(lineOf(said, 'webhook.timeout_seconds')?.slice(1)).toEqual(['10', 'default']);
    expect(lineOf(said, 'server.metrics_token')?.slice(1)).toEqual([
      '(set)',
      'environment variable AWE__SERVER__METRICS_TOKEN',
    ]);
    expect(lineOf(said, 'secrets.encryption_keys')?.slice(1)).toEqual([
      '(set)',
      'file /keys, named by environment variable AWE__SECRETS__ENCRYPTION_KEYS_FILE',
    ]);
    expect(lineOf(said, 'DATABASE_URL')?.slice(1)).toEqual([
      'db.example:5433/approvals',
      'environment variable DATABASE_URL',
    ]);
    expect(said).not.toMatch(/hunter2|BwcH/);
    expect(said).toMatch(/\nWarning: Development identity.*\nThe configuration can be used\.\n$/);
  });

  it('warns of what allow_insecure accepts', () => {
    const env = { AWE__SERVER__HOST: '0.0.0.0', AWE__AUTH__ALLOW_INSECURE: 'true' };
    expect(check({ env })).toContain(
      '\nWarning: auth.allow_insecure is set: server.host is 0.0.0.0, which others can reach, while keycloak.issuer is empty: anybody could act as anybody.\n',
    );
  });

  it('fails with all faults', () => {
    const env = { AWE__WEBHOOK__MAX_ATEMPTS: '3', AWE__SERVER__PORT: 'http' };
    expect(refused(['--check-config'], { env })).toBe(
      'The configuration has 2 problems:\n' +
        '  - webhook.max_atempts (environment variable AWE__WEBHOOK__MAX_ATEMPTS): unknown key; did you mean webhook.max_attempts?\n' +
        '  - server.port (environment variable AWE__SERVER__PORT): "http" is not a whole number from 0 to 65535',
    );
  });

  it('fails with what a start would find out later', () => {
    const env = {
      AWE__KEYCLOAK__ISSUER: 'https://kc.example/realms/r',
      AWE__RETENTION__ENDED_REQUESTS_DAYS: '30',
      AWE__RETENTION__ARCHIVE_DIRECTORY: '/nowhere/at/all',
    };
    const said = refused(['--check-config'], { env });
    expect(said).toContain('secrets.encryption_keys is empty');
    expect(said).toContain('retention.archive_directory (/nowhere/at/all) does not exist');
    const DATABASE_URL = 'postgres://db.example/awe?sslmode=require&sslrootcert=/nowhere.pem';
    expect(refused(['--check-config'], { env: { DATABASE_URL } })).toContain('DATABASE_URL cannot be used');
  });
});

describe('the process', () => {
  const MAIN = join(import.meta.dirname, '../../src/main.ts');
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'awe-command-line-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  async function run(option: string, env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [MAIN, option], { cwd: directory, env });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return { code, stdout, stderr };
  }

  it('ends with 0 and starts nothing, or with 1 and says why', async () => {
    const good = await run('--check-config', { DATABASE_URL: 'postgres://awe:hunter2@127.0.0.1:1/awe' });
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toContain('127.0.0.1:1/awe');
    const bad = await run('--check-config', { AWE__SERVER__PORT: '-1' });
    expect(bad).toMatchObject({ code: 1, stdout: '' });
    expect(bad.stderr).toMatch(/^awe: The configuration has a problem:\n {2}- server\.port .*\n$/);
    expect(await readdir(directory)).toEqual([]);
  });
});
