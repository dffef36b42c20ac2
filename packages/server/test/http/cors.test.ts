import { afterAll, describe, expect, it } from 'vitest';
import { hardened } from './hardened.ts';
import { ADMIN, ID, standIn } from './stand-in.ts';

const PORTAL = 'https://portal.example';
const { app, sent } = await hardened({ corsOrigins: [PORTAL, 'http://localhost:5173'] });
const { app: closed } = standIn();
afterAll(() => Promise.all([app.close(), closed.close()]));

const preflight = (origin: string, url = `/v1/awe/tasks/${ID}/decision`) => ({
  method: 'OPTIONS' as const,
  url,
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  },
});
const corsHeaders = (headers: Record<string, unknown>) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('without origins', () => {
  it('no page of another origin may call, or read anything', async () => {
    const asked = await closed.inject(preflight(PORTAL));
    expect(asked.statusCode).toBe(405);
    expect(asked.json().errors[0].errorCode).toBe('AWE-012');
    const read = await closed.inject({ url: '/v1/awe/version', headers: { origin: PORTAL } });
    expect([...corsHeaders(asked.headers), ...corsHeaders(read.headers)]).toEqual([]);
    expect(read.headers['cross-origin-resource-policy']).toBe('same-origin');
  });
});

describe('a page of an origin on the list', () => {
  it('is told before its call what it may send, without a token and without a trace', async () => {
    const answer = await app.inject(preflight(PORTAL));
    expect(answer.statusCode).toBe(204);
    expect(answer.body).toBe('');
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': PORTAL,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, X-Request-Id',
      'access-control-max-age': '600',
      vary: 'Origin',
    });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('may read answers, with the headers that matter to it', async () => {
    const answer = await app.inject({
      url: '/v1/awe/policies',
      headers: { origin: 'http://localhost:5173', authorization: ADMIN },
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:5173',
      'access-control-expose-headers':
        'Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, WWW-Authenticate, X-AWE-Warnings, X-Request-Id',
      vary: 'Origin',
    });
  });

  it.each([
    ['/v1/awe/tasks', 401, 'AWE-008'],
    ['/nowhere', 404, 'AWE-012'],
    ['/v1/awe/requests/x/cancel', 405, 'AWE-012'],
  ])('may read the refusal of %s', async (url, status, code) => {
    const answer = await app.inject({ url, headers: { origin: PORTAL } });
    expect([answer.statusCode, answer.json().errors[0].errorCode]).toEqual([status, code]);
    expect(answer.headers['access-control-allow-origin']).toBe(PORTAL);
  });
});

describe('a page of any other origin', () => {
  it.each([
    'https://evil.example',
    'https://portal.example.evil.example',
    'http://portal.example',
    'https://portal.example:444',
    'https://PORTAL.example',
    'null',
    '*',
  ])('is answered as if there were no list: %s', async (origin) => {
    const asked = await app.inject(preflight(origin));
    expect([asked.statusCode, asked.json().errors[0].errorCode]).toEqual([405, 'AWE-012']);
    const read = await app.inject({ url: '/v1/awe/version', headers: { origin } });
    expect(read.statusCode).toBe(200);
    expect([...corsHeaders(asked.headers), ...corsHeaders(read.headers)]).toEqual([]);
    // A cache must not give the answer for one origin to another.
    expect([asked.headers.vary, read.headers.vary]).toEqual(['Origin', 'Origin']);
  });
});

describe('an OPTIONS that is no preflight', () => {
  it('finds no such method, or nothing at all', async () => {
    const options = { method: 'OPTIONS' as const, headers: { origin: PORTAL } };
    const served = await app.inject({ ...options, url: '/v1/awe/policies' });
    expect([served.statusCode, served.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
    expect(served.json().errors[0].message).toMatch(
      /^OPTIONS is not served at this path, but GET, HEAD, POST\./,
    );
    const nowhere = await app.inject({ ...options, url: '/nowhere' });
    expect([nowhere.statusCode, nowhere.json().errors[0].errorCode]).toEqual([404, 'AWE-012']);
  });
});
