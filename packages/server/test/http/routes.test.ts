import { afterAll, describe, expect, it } from 'vitest';
import { ADMIN, standIn } from './stand-in.ts';

const { app, sent } = standIn();
afterAll(() => app.close());

const get = (url: string) => app.inject({ url, headers: { authorization: ADMIN } });

describe('a path that is not served', () => {
  it.each([
    '/v1/awe/nothing',
    '/v1/awe/tasks/',
    '/v1/awe//tasks',
    '/V1/AWE/tasks',
    '/v1/awe/policies/',
    '/v1/awe/policies/%zz/versions',
    '/v1/awe/policies/%ff/versions',
    '/v1/awe/policies/%ED%A0%80/versions',
    '/v1/awe/policies/a/b/versions',
    '/v1/awe/%zz',
    `/v1/awe/${'x'.repeat(10_000)}`,
    '/v1/awe/docs/static/../../../../package.json',
    '/v1/awe/docs/static/%2e%2e%2f%2e%2e%2fpackage.json',
    '/v1/awe/redoc/redoc.lib.js',
  ])('is 404 in the envelope: %s', async (url) => {
    const response = await get(url);
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({
      id: 'openg2p.awe',
      response: null,
      errors: [{ errorCode: 'AWE-012', message: expect.stringMatching(/^Nothing is served at this path/) }],
    });
  });

  it('is 404 whatever is sent there, and without a token', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/awe/nothing',
      headers: { 'content-type': 'text/plain' },
      payload: 'x'.repeat(300_000),
    });
    expect([response.statusCode, response.json().errors[0].errorCode]).toEqual([404, 'AWE-012']);
  });
});

describe('a method that is not served', () => {
  it.each([
    ['DELETE', '/v1/awe/requests', 'GET, HEAD, POST'],
    ['POST', '/v1/awe/health', 'GET, HEAD'],
    ['OPTIONS', '/v1/awe/policies', 'GET, HEAD, POST'],
    ['PATCH', '/v1/awe/policies/k', 'PUT'],
    ['GET', '/v1/awe/policies/k', 'PUT'],
    ['PUT', '/v1/awe/policies/a%20b/versions/x', 'GET, HEAD, PATCH'],
    ['GET', '/v1/awe/tasks/1/claim', 'POST'],
    ['TRACE', '/v1/awe/tasks', 'GET, HEAD'],
    ['PROPFIND', '/v1/awe/tasks', 'GET, HEAD'],
    ['POST', '/v1/awe/openapi.json', 'GET, HEAD'],
    ['POST', '/v1/awe/docs', 'GET, HEAD'],
  ])('is 405 and says which are: %s %s', async (method, url, allow) => {
    const response = await app.inject({
      method: method as 'GET',
      url,
      payload: '{',
      headers: { 'content-type': 'x' },
    });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe(allow);
    expect(response.json().errors).toEqual([
      { errorCode: 'AWE-012', message: expect.stringContaining(`${method} is not served at this path`) },
    ]);
  });

  it('is never HEAD where GET is', async () => {
    const [head, whole] = [
      await app.inject({ method: 'HEAD', url: '/v1/awe/tasks', headers: { authorization: ADMIN } }),
      await get('/v1/awe/tasks'),
    ];
    expect([head.statusCode, head.body]).toEqual([200, '']);
    expect(head.headers['content-length']).toBe(whole.headers['content-length']);
    expect((await app.inject({ method: 'HEAD', url: '/v1/awe/tasks' })).statusCode).toBe(401);
  });
});

describe('a policy key in a path', () => {
  it.each([
    ['farmer-change', 'farmer-change'],
    ['a%20b', 'a b'],
    ['a%2Fb', 'a/b'],
    ['a.b', 'a.b'],
    ['..a', '..a'],
    ['%E2%82%AC', '€'],
    ['a+b', 'a+b'],
    ['a:b', 'a:b'],
    ['100%25', '100%'],
    ['a;b', 'a;b'],
    ['__proto__', '__proto__'],
    ['x'.repeat(2_000), 'x'.repeat(2_000)],
  ])('%s means %s', async (written, key) => {
    expect((await get(`/v1/awe/policies/${written}/versions`)).statusCode).toBe(200);
    expect(sent.at(-1)).toEqual(['listVersions', key]);
  });
});

describe('a version in a path', () => {
  it.each([
    ['1', 1],
    ['-1', -1],
    ['007', 7],
    ['99999999999', 99_999_999_999],
  ])('%s is the number %d, and whether it exists is not decided here', async (written, version) => {
    expect((await get(`/v1/awe/policies/k/versions/${written}`)).statusCode).toBe(200);
    expect(sent.at(-1)).toEqual(['getVersion', 'k', version]);
  });

  it.each(['one', '1.0', '1e3', '0x1', 'NaN', '%20'])('is not %s', async (written) => {
    const response = await get(`/v1/awe/policies/k/versions/${written}`);
    expect(response.statusCode).toBe(422);
    expect(response.json().detail).toEqual([
      expect.objectContaining({ loc: ['path', 'version'], type: 'int_parsing' }),
    ]);
  });
});

describe('a query', () => {
  it('may hold anything that the operation does not know', async () => {
    const query = '?__proto__=1&constructor=2&toString=3&%zz=%zz&=&&limit=3';
    expect((await get(`/v1/awe/requests${query}`)).statusCode).toBe(200);
    expect(sent.at(-1)).toEqual([
      'searchRequests',
      { artifact_type: null, artifact_id: null, status: null, limit: 3, cursor: null },
    ]);
  });
});

describe('probes', () => {
  it.each(['starting', 'stopping'] as const)(
    'find a service that is %s unhealthy, and still can ask its version',
    async (state) => {
      const { app: closed } = standIn(() => ({ ready: () => state }));
      const health = await closed.inject('/v1/awe/health');
      expect([health.statusCode, health.json().errors[0].errorCode]).toEqual([503, 'AWE-005']);
      expect((await closed.inject('/v1/awe/version')).statusCode).toBe(200);
      expect((await closed.inject('/v1/awe/config')).statusCode).toBe(200);
      await closed.close();
    },
  );

  it.each([
    ['refuses', () => Promise.reject(new Error('password for 10.0.0.1 is wrong'))],
    ['hangs', () => new Promise<void>(() => {})],
  ])('find a database that %s, and learn no more than that', async (_, pingDatabase) => {
    const { app: sick, lines } = standIn(({ limits }) => ({
      pingDatabase,
      limits: { ...limits, pingTimeoutMs: 5 },
    }));
    const response = await sick.inject('/v1/awe/health');
    expect(response.statusCode).toBe(503);
    expect(response.json().errors).toEqual([
      {
        errorCode: 'AWE-006',
        message: 'The database does not answer. Check that it runs and that DATABASE_URL points to it.',
      },
    ]);
    expect(lines.join('')).toMatch(/10\.0\.0\.1|no answer within 5 ms/);
    await sick.close();
  });

  it('get envelopes, and the settings bare', async () => {
    expect((await app.inject('/v1/awe/health')).json()).toMatchObject({
      response: { status: 'healthy' },
      errors: [],
    });
    expect((await app.inject('/v1/awe/version')).json().response).toEqual({
      service_version: '0.1.0',
      build_time: 'unknown',
      git_commit: 'unknown',
    });
    expect((await app.inject('/v1/awe/config')).json()).toMatchObject({
      service_id: 'openg2p.awe',
      identity: expect.anything(),
    });
  });
});
