import { afterEach, describe, expect, it, vi } from 'vitest';
import { IdentityFailure } from '../../src/identity/failure.ts';
import { hardened } from './hardened.ts';
import { ADMIN, ANYONE, ID, standIn, token, VIEWER } from './stand-in.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) await close();
});

async function limited(callsPerMinute: number, ...changes: Parameters<typeof hardened>[1][]) {
  const made = await hardened({ callsPerMinute }, ...changes);
  closing.push(() => made.app.close());
  const call = (authorization: string | null, url = '/v1/awe/tasks', remoteAddress = '192.0.2.1') =>
    made.app.inject({ url, remoteAddress, headers: authorization === null ? {} : { authorization } });
  return { ...made, call };
}

const HEADERS = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'];
const budgetOf = ({ headers }: { headers: Record<string, unknown> }) => HEADERS.map((name) => headers[name]);

describe('a caller who calls too often', () => {
  it('is answered 429 before anything is done, and told when to come back', async () => {
    const { call, sent } = await limited(2);
    expect(budgetOf(await call(ADMIN))).toEqual(['2', '1', '60', undefined]);
    expect(budgetOf(await call(ADMIN))).toEqual(['2', '0', '60', undefined]);
    expect(sent).toHaveLength(2);
    const refused = await call(ADMIN);
    expect(refused.statusCode).toBe(429);
    expect(refused.json().errors).toEqual([
      {
        errorCode: 'AWE-012',
        message:
          'More than 2 calls in a minute (server.rate_limit_per_minute). Nothing was done for this one: try again in 60 s, and slow down.',
      },
    ]);
    expect(budgetOf(refused)).toEqual(['2', '0', '60', '60']);
    expect(sent).toHaveLength(2);
  });

  it('is known by subject, whatever the token and the address; others are not in the way', async () => {
    const { call } = await limited(1);
    await call(`Bearer ${token('u-alice')}`);
    const other = await call(`Bearer ${token('u-alice', 'AWE_VIEWER')}`, undefined, '192.0.2.9');
    expect([other.statusCode, other.json().errors[0].errorCode]).toEqual([429, 'AWE-012']);
    expect((await call(`Bearer ${token('u-bob')}`)).statusCode).toBe(200);
  });

  it('has a new budget after the minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { call } = await limited(1);
    await call(ADMIN);
    vi.advanceTimersByTime(59_000);
    const refused = await call(ADMIN);
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1']);
    vi.advanceTimersByTime(1_000);
    expect((await call(ADMIN)).statusCode).toBe(200);
  });

  it('spends it on refused calls too', async () => {
    const { app, call } = await limited(2);
    expect((await call(ANYONE, '/v1/awe/policies')).statusCode).toBe(403);
    const text = { authorization: ANYONE, 'content-type': 'text/plain' };
    const wrong = { method: 'POST' as const, url: '/v1/awe/requests', headers: text, payload: 'x' };
    expect((await app.inject(wrong)).statusCode).toBe(415);
    const refused = await call(ANYONE);
    expect([refused.statusCode, refused.json().errors[0].errorCode]).toEqual([429, 'AWE-012']);
  });
});

describe('a caller without a good token', () => {
  it('is known by address', async () => {
    const { call } = await limited(2);
    expect((await call(null)).statusCode).toBe(401);
    expect((await call('Bearer nonsense')).statusCode).toBe(401);
    const refused = await call(null);
    expect([refused.statusCode, refused.json().errors[0].errorCode]).toEqual([429, 'AWE-012']);
    expect((await call(null, undefined, '192.0.2.2')).statusCode).toBe(401);
    // The address that others misuse costs nobody who has a token.
    expect((await call(ADMIN)).statusCode).toBe(200);
  });

  it('does not get a new budget with each address of one IPv6 network', async () => {
    const { call } = await limited(1);
    expect((await call(null, undefined, '2001:db8::1')).statusCode).toBe(401);
    expect((await call(null, undefined, '2001:db8::2')).statusCode).toBe(429);
    expect((await call(null, undefined, '2001:db8:0:1::1')).statusCode).toBe(401);
  });

  it('cannot spend the budget of a subject that is named like its address', async () => {
    const { call } = await limited(1);
    await call(null, undefined, '192.0.2.7');
    expect((await call(`Bearer ${token('192.0.2.7')}`)).statusCode).toBe(200);
  });

  it('is not counted while nobody can tell', async () => {
    const keysAway = { identify: () => Promise.reject(new IdentityFailure('keys_unavailable', 'no keys')) };
    const { call } = await limited(1, { identity: keysAway });
    for (let n = 0; n < 3; n++) expect((await call(ADMIN)).statusCode).toBe(503);
  });
});

describe('what is never counted', () => {
  it.each(['/v1/awe/health', '/v1/awe/version', '/v1/awe/config', '/v1/awe/openapi.json', '/v1/awe/docs'])(
    '%s',
    async (url) => {
      const { call } = await limited(1);
      for (let n = 0; n < 3; n++) {
        const answer = await call(null, url);
        expect([answer.statusCode, ...budgetOf(answer)]).toEqual([200, ...HEADERS.map(() => undefined)]);
      }
    },
  );

  it('anything, unless a limit is set', async () => {
    const { app } = standIn();
    closing.push(() => app.close());
    for (let n = 0; n < 200; n++) {
      const answer = await app.inject({
        url: `/v1/awe/requests/${ID}`,
        headers: { authorization: VIEWER },
      });
      expect([answer.statusCode, answer.headers['ratelimit-limit']]).toEqual([200, undefined]);
    }
  });
});
