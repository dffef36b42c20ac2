import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEYCLOAK_CALLS } from '../../src/directory/keycloak/keycloak.ts';
import { type KeycloakDouble, type Misbehaviour, startKeycloakDouble } from './keycloak-double.ts';
import { ENABLED_CROWD, RESOLVER, sampleRealm } from './sample-realm.ts';
import { type Subject, subjectAt } from './subject.ts';

let double: KeycloakDouble;
let subject: Subject;

beforeEach(async () => {
  double = await startKeycloakDouble(sampleRealm());
  subject = subjectAt(double.url);
});

afterEach(async () => {
  // First, so that whoever waits for an answer is let go.
  await double.stop();
  await subject.close();
});

const OFFICERS = { ok: true, users: ['amina', 'bao'] };
const USERS = '/roles/OFFICER/users?';
const failing = (reason: RegExp) => ({ ok: false, reason: expect.stringMatching(reason) });
const tokensAsked = () => double.calls.filter((call) => call.startsWith('POST')).length;

/** Misbehaves where the path contains `part`. */
const at =
  (part: string, misbehave: Misbehaviour): Misbehaviour =>
  (path, ...rest) =>
    path.includes(part) ? misbehave(path, ...rest) : null;

describe('an answer that is none', () => {
  const answer = 'Keycloak at 127\\.0\\.0\\.1:\\d+ answered';
  it.each<[string, unknown, RegExp]>([
    [
      'no list',
      { users: [] },
      new RegExp(`${answer} the users with role OFFICER with something else: check that keycloak.base_url`),
    ],
    ['no JSON', '<html>', new RegExp(`${answer} the users with role OFFICER with something else`)],
    ['a list of names', ['amina'], new RegExp(`${answer} the users with role OFFICER with something else`)],
    [
      'users without a name',
      [{ id: 'u1', enabled: true }],
      /answered the users with role OFFICER with a user whose username is not a string/,
    ],
    [
      'users of whom it is not said whether they are enabled',
      [{ id: 'u1', username: 'u1' }],
      /with a user of whom it does not say "enabled"/,
    ],
  ])('%s', async (_, body, reason) => {
    double.misbehaviour = at(USERS, () => ({ status: 200, body }));
    expect(await subject.ask({ role: 'OFFICER' })).toEqual(failing(reason));
  });

  it.each<[number, object, RegExp]>([
    [
      500,
      { error: 'unknown_error' },
      /answered 500 \(unknown_error\) when asked for the users with role OFFICER: try again/,
    ],
    [502, {}, /answered 502 \(without an explanation\) when asked for/],
    [
      302,
      { error: 'x' },
      /answered 302 \(x\) when asked for .*: redirects are not followed; set keycloak\.base_url to where it leads$/,
    ],
  ])('status %i', async (status, body, reason) => {
    double.misbehaviour = at(USERS, () => ({ status, headers: { location: '/' }, body }));
    expect(await subject.ask({ role: 'OFFICER' })).toEqual(failing(reason));
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '<html>', /answered a token for awe-admin-resolver with something that is not JSON/],
    ['no token', { expires_in: 60 }, /answered a token for awe-admin-resolver with something else/],
    ['no expiry', { access_token: 't' }, /answered a token for awe-admin-resolver with something else/],
  ])('a token that is %s', async (_, body, reason) => {
    double.misbehaviour = at('/token', () => ({ status: 200, body }));
    expect(await subject.ask({ role: 'OFFICER' })).toEqual(failing(reason));
  });

  it('that repeats the secret does not get it any further', async () => {
    const error = `bad secret ${RESOLVER.secret}`;
    double.misbehaviour = at('/token', () => ({ status: 401, body: { error } }));
    expect(await subject.ask({ role: 'OFFICER' })).toEqual(
      failing(/refuses the client awe-admin-resolver \(bad secret …\)/),
    );
  });

  it('a group that has no id', async () => {
    double.misbehaviour = at('/group-by-path/', () => ({
      status: 200,
      body: { path: '/crowd', id: '../..' },
    }));
    expect(await subject.ask({ group: '/crowd' })).toEqual(
      failing(/answered the group \/crowd without a usable id/),
    );
  });

  it('404 where every realm has something', async () => {
    double.misbehaviour = at('/clients/?', () => ({ status: 404, body: {} }));
    const reason =
      /Keycloak answered 404 when asked for the client.*: check that keycloak\.base_url is where its admin API is/;
    expect(await subject.ask({ role: 'REVIEWER', client: 'registry-staff-portal' })).toEqual(failing(reason));
    await expect(subject.pickers().clients({ search: null, limit: 5, cursor: null })).rejects.toMatchObject({
      kind: 'directory_failed',
      message: expect.stringMatching(/answered 404/),
    });
  });
});

describe('no answer', () => {
  it.each([
    [
      'to a question',
      '/roles/',
      /did not answer the users with role OFFICER within 0\.2 s \(resolver\.http_timeout_seconds\)$/,
    ],
    ['to the request for a token', '/token', /did not answer a token for awe-admin-resolver within 0\.2 s/],
  ])('%s', async (_, part, reason) => {
    double.misbehaviour = at(part, () => 'taken over');
    expect(await subject.open({}, { timeoutSeconds: 0.2 }).ask({ role: 'OFFICER' })).toEqual(failing(reason));
  });

  it('that ends', async () => {
    double.misbehaviour = at(USERS, (_path, _answer, response) => {
      response.writeHead(200).write('[');
      return 'taken over';
    });
    expect(await subject.open({}, { timeoutSeconds: 0.2 }).ask({ role: 'OFFICER' })).toEqual(
      failing(/did not answer the users with role OFFICER within 0\.2 s/),
    );
  });

  it('because nobody listens', async () => {
    const free = createServer();
    await once(free.listen(0, '127.0.0.1'), 'listening');
    const { port } = free.address() as AddressInfo;
    await new Promise((done) => free.close(done));
    const nowhere = subjectAt(`http://127.0.0.1:${port}`);
    expect(await nowhere.ask({ group: '/crowd' })).toEqual(
      failing(
        /^the group lookup failed: Keycloak at 127\.0\.0\.1:\d+ cannot be reached \(connect ECONNREFUSED .*\): check keycloak\.base_url, and that Keycloak runs$/,
      ),
    );
    await nowhere.close();
  });

  it('keeps those who come meanwhile no longer than their own time', async () => {
    double.misbehaviour = at(USERS, () => 'taken over');
    const directory = subject.open({}, { timeoutSeconds: 0.3 });
    const answers = await Promise.all(Array.from({ length: 60 }, () => directory.ask({ role: 'OFFICER' })));
    expect(answers).toEqual(
      answers.map(() => failing(/did not answer the users with role OFFICER within 0\.3 s/)),
    );
    expect(double.calls.filter((call) => call.includes(USERS)).length).toBeLessThan(60);
  });
});

describe('the service account’s token', () => {
  it('is fetched once for all who come at the same time', async () => {
    const directory = subject.open();
    const answers = await Promise.all(Array.from({ length: 40 }, () => directory.ask({ role: 'OFFICER' })));
    expect(answers).toEqual(answers.map(() => OFFICERS));
    expect(tokensAsked()).toBe(1);
    expect(double.crowd()).toBeLessThanOrEqual(KEYCLOAK_CALLS.connections);
  });

  it('is renewed before it ends, by one for all', async () => {
    let time = Date.parse('2026-04-23T10:00:00.000Z');
    const directory = subject.open({}, { now: () => new Date(time).toISOString() });
    const ask = () => directory.ask({ role: 'OFFICER' });
    await ask();
    time += 269_000;
    await ask();
    expect(tokensAsked()).toBe(1);
    time += 2_000;
    await Promise.all([ask(), ask(), ask()]);
    expect(tokensAsked()).toBe(2);
  });

  it('that lives for a moment only is used for most of it', async () => {
    let time = Date.parse('2026-04-23T10:00:00.000Z');
    double.tokenLifeSeconds = 10;
    const directory = subject.open({}, { now: () => new Date(time).toISOString() });
    await directory.ask({ role: 'OFFICER' });
    time += 7_900;
    await directory.ask({ role: 'OFFICER' });
    expect(tokensAsked()).toBe(1);
    time += 200;
    await directory.ask({ role: 'OFFICER' });
    expect(tokensAsked()).toBe(2);
  });

  it('that was withdrawn is replaced, and nobody notices', async () => {
    const directory = subject.open();
    await directory.ask({ role: 'OFFICER' });
    double.withdrawTokens();
    expect(await directory.ask({ role: 'OFFICER' })).toEqual(OFFICERS);
    expect(tokensAsked()).toBe(2);
  });

  it('that is never accepted is not fetched for ever', async () => {
    double.misbehaviour = at(USERS, () => ({ status: 401, body: { error: 'HTTP 401 Unauthorized' } }));
    expect(await subject.ask({ role: 'OFFICER' })).toEqual(
      failing(
        /does not accept the token that it gave to awe-admin-resolver \(HTTP 401 Unauthorized\): check/,
      ),
    );
    expect(tokensAsked()).toBe(2);
  });

  it('is asked for again after a failure', async () => {
    const directory = subject.open();
    double.misbehaviour = at('/token', () => ({ status: 503, body: {} }));
    expect(await directory.ask({ role: 'OFFICER' })).toEqual(failing(/answered 503/));
    double.misbehaviour = () => null;
    expect(await directory.ask({ role: 'OFFICER' })).toEqual(OFFICERS);
  });
});

describe('pages', () => {
  it('that are short for Keycloak’s own reasons do not end the list', async () => {
    double.misbehaviour = at('/roles/CROWD/users?', (_path, { status, body }) => ({
      status,
      body: (body as { username: string }[]).filter(({ username }) => username !== 'person-007'),
    }));
    const rest = ENABLED_CROWD.filter((username) => username !== 'person-007');
    expect(await subject.ask({ role: 'CROWD' })).toEqual({ ok: true, users: rest });
  });

  it('that come twice name nobody twice', async () => {
    double.misbehaviour = at('/roles/CROWD/users?first=200', (_path, { status, body }) => ({
      status,
      body: [{ id: 'u', username: 'person-001', enabled: true }, ...(body as object[])],
    }));
    expect(await subject.ask({ role: 'CROWD' })).toEqual({ ok: true, users: ENABLED_CROWD });
  });

  it('without an end are given up, not cut', async () => {
    double.misbehaviour = at('/roles/CROWD/users?', (path) => ({
      status: 200,
      body: Array.from({ length: 200 }, (_, index) => ({
        id: 'u',
        username: `${index} of ${new URLSearchParams(path.split('?')[1]).get('first')}`,
        enabled: true,
      })),
    }));
    expect(await subject.ask({ role: 'CROWD' })).toEqual(
      failing(/Keycloak names more than 10000 people as the users with role CROWD: choose a smaller/),
    );
  });

  it('fail as a whole when the last one fails', async () => {
    double.misbehaviour = at('/roles/CROWD/users?first=200', () => ({ status: 500, body: {} }));
    expect(await subject.ask({ role: 'CROWD' })).toEqual(failing(/answered 500/));
  });
});
