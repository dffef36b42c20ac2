import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDatabase, type FreshDatabase } from '../../server/test/postgres.ts';
import { openStand, type Stand } from '../../server/test/service/stand.ts';
import { aweOn, runAwe } from './run-awe.ts';
import { scratchDirectory } from './scratch-directory.ts';

const directory = scratchDirectory();

/** Nobody listens there: a port below 1024 that no service of ours takes. */
const NOWHERE = 'http://127.0.0.1:1';

describe('awe serve --check-config', () => {
  it('prints the settings in force', async () => {
    const given = { cwd: directory(), env: { AWE__SERVER__PORT: '8123' } };
    const { code, stdout, stderr } = await runAwe(['serve', '--check-config'], given);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^server\.port +8123 +environment variable AWE__SERVER__PORT$/m);
    const json = await runAwe(['serve', '--check-config', '--json'], given);
    expect(JSON.parse(json.stdout)).toMatchObject({ identity: 'development', server: { port: 8123 } });
  });

  it('ends with 1 and every fault', async () => {
    const ended = await runAwe(['serve', '--check-config'], {
      cwd: directory(),
      env: { AWE__SERVER__PORT: 'http' },
    });
    expect(ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^awe: The configuration has a problem:\n {2}- server\.port/),
    });
  });
});

describe('awe migrate', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await emptyDatabase();
  });
  afterAll(() => database.drop());

  it('says each step, and afterwards that there is nothing to do', async () => {
    const given = { cwd: directory(), env: { DATABASE_URL: database.url } };
    const first = await runAwe(['migrate'], given);
    expect(first).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^The database .* is up to date\.\n$/),
    });
    expect(first.stderr).toMatch(
      /^migrated the database to 0001_approvals\nmigrated the database to 0002_audit\n/,
    );
    const second = await runAwe(['migrate', '--json'], given);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(second.stdout)).toEqual({ database: expect.stringContaining('database'), steps: [] });
  });

  it('names the database that cannot be reached, without its password', async () => {
    const env = { DATABASE_URL: 'postgres://awe:hunter2@127.0.0.1:1/awe' };
    const { code, stdout, stderr } = await runAwe(['migrate'], { cwd: directory(), env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^awe: The database "awe" at 127\.0\.0\.1, port 1.* cannot be reached .*\n$/);
    expect(stderr).not.toContain('hunter2');
  });
});

describe('awe token', () => {
  let stand: Stand;
  beforeAll(async () => {
    stand = await openStand({
      env: {
        AWE__KEYCLOAK__ISSUER: 'https://keycloak.example/realms/awe',
        AWE__AUTH__ALLOW_INSECURE: 'true',
      },
    });
  });
  afterAll(() => stand.close());

  it('prints a token, and says what that means', async () => {
    const now = () => new Date('2026-04-23T10:00:00.000Z');
    const line = ['token', '--url', NOWHERE, '--user', 'ada', '--role', 'AWE_ADMIN', '--hours', '2'];
    const { code, stdout, stderr } = await runAwe(line, { now });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^http:\/\/127\.0\.0\.1:1 could not be asked .*\nWhoever can reach a service in development /,
    );
    const [header = '', claims = '', signature] = stdout
      .trim()
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    expect(JSON.parse(header)).toMatchObject({ alg: 'none' });
    expect(JSON.parse(claims)).toEqual({
      sub: 'ada',
      realm_access: { roles: ['AWE_ADMIN'] },
      exp: 1_776_945_600,
    });
    expect(signature).toBe('');
  });

  it('refuses where tokens are verified, and --as says so, too', async () => {
    const url = stand.services[0]?.url ?? '';
    expect(await runAwe(['token', '--url', url, '--user', 'ada'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `awe: The service at ${url} verifies tokens, and refuses unsigned ones. Get one from https://keycloak.example/realms/awe, and give it with AWE_TOKEN or --token-command.\n`,
    });
    const { code, stderr } = await aweOn(url, 'ada').awe(['task', 'list']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /AWE-008, status 401.* --as works with a service in development only; this one verifies tokens\.\n$/,
    );
  });
});

describe('a service that is not there', () => {
  it('is told with exit code 3 and the way out', async () => {
    const ended = await runAwe(['--url', NOWHERE, '--as', 'ada', 'task', 'list']);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(
      /^awe: The service at http:\/\/127\.0\.0\.1:1 cannot be reached \(.+\): start it with "awe serve", or .*\n$/,
    );
  });
});
