import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { openPortal, type PortalState } from '../../src/portal/portal.ts';
import { servePortal } from '../../src/portal/serve-portal.ts';
import { standIn } from '../http/stand-in.ts';

let state: PortalState;
const { app }: { app: FastifyInstance } = standIn();
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

beforeAll(async () => {
  const portal = openPortal(createLog('test', 'error'), 'test');
  state = await portal.settled;
  expect(state).toBe('built');
  servePortal(app, { ...portal, state: () => state }, 'https://id.example/realms/awe');
});
afterAll(() => app.close());

const scriptOf = (page: string) => String(page.match(/<script type="module"[^>]* src="([^"]+)"/)?.[1]);

describe('the portal', () => {
  it.each(['/', '/delegations', '/policies/a.b/versions/2', '/nowhere/at/all?x=1'])(
    'answers a browser that opens %s with its page, to be asked for again each time',
    async (url) => {
      state = 'built';
      const answer = await app.inject({ url, headers: html });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': expect.stringMatching(
          /script-src 'self';.*connect-src 'self' https:\/\/id\.example;/,
        ),
        etag: expect.any(String),
      });
      expect(answer.body).not.toMatch(/<script>|<script [^>]*>[^<]/);
      const { etag } = answer.headers;
      const again = await app.inject({ url, headers: { ...html, 'if-none-match': String(etag) } });
      expect(again.statusCode).toBe(304);
    },
  );

  it('has files that are kept for ever, compressed where they may be', async () => {
    const url = scriptOf((await app.inject('/')).body);
    for (const encoding of ['br', 'gzip']) {
      const answer = await app.inject({ url, headers: { 'accept-encoding': encoding } });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-encoding': encoding,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      });
      expect(answer.headers['content-type']).toMatch(/javascript/);
    }
  });

  it('sends at most 250 kB of compressed scripts for the first page', async () => {
    const page = (await app.inject('/')).body;
    const scripts = [...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, url]) => String(url));
    const sizes = await Promise.all(
      scripts.map(async (url) => {
        const answer = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } });
        return answer.rawPayload.length;
      }),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(250_000);
  });

  it.each([
    ['/nowhere', {}],
    ['/v1/awe/nowhere', html],
    ['/v1', html],
    ['/metrics/nowhere', html],
    ['/assets/nowhere.js', html],
    ['/assets/../built-from.txt', {}],
    ['/assets/%2e%2e/built-from.txt', {}],
    ['/assets/..%2f..%2fpackage.json', {}],
  ])('leaves %s to the envelope', async (url, headers) => {
    const answer = await app.inject({ url, headers });
    expect(answer.json().errors).toMatchObject([{ errorCode: 'AWE-012' }]);
    expect(answer.statusCode).toBe(404);
  });

  it('leaves a method that a path has not to the envelope, for browsers too', async () => {
    const answer = await app.inject({ url: '/v1/awe/tasks/x/claim', headers: html });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'POST']);
    expect(answer.json().errors[0].errorCode).toBe('AWE-012');
    const posted = await app.inject({ url: '/delegations', method: 'POST', headers: html });
    expect([posted.statusCode, posted.json().errors[0].errorCode]).toEqual([404, 'AWE-012']);
  });

  it.each<[PortalState, RegExp]>([
    ['building', /http-equiv="refresh".*being built/s],
    ['failed', /could not be built.*log says/s],
    ['missing', /not installed here.*npm start/s],
  ])('says so while it is %s, and the API answers', async (is, text) => {
    state = is;
    const answer = await app.inject({ url: '/delegations', headers: html });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toMatch(text);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['retry-after']).toBe(is === 'building' ? '1' : undefined);
    expect((await app.inject('/v1/awe/version')).statusCode).toBe(200);
    state = 'built';
  });
});

describe('a second start', () => {
  it('builds nothing', async () => {
    const lines: string[] = [];
    const portal = openPortal(createLog('test', 'info', { write: (line) => void lines.push(line) }), 'test');
    expect(await portal.settled).toBe('built');
    expect(lines).toEqual([]);
  });
});
