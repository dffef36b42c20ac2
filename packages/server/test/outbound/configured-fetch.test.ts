import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type ConfiguredFetchOptions, configuredFetch } from '../../src/outbound/configured-fetch.ts';
import { bodyOf, closing, failure, receiver } from './local-receiver.ts';

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function fetching(url: string, more: Partial<ConfiguredFetchOptions> = {}) {
  const made = configuredFetch({ urls: [url], timeoutMs: 5_000, maxResponseBytes: 1_000, ...more });
  closing.push(() => made.close());
  return made.fetch;
}

describe('a service that the settings name', () => {
  it('may be on this machine, and is called as with the platform’s fetch', async () => {
    const { url } = await receiver(async (request, response) => {
      const { method, headers } = request;
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.end(
        JSON.stringify({
          method,
          type: headers['content-type'],
          x: headers['x-mark'],
          body: await bodyOf(request),
        }),
      );
    });
    const fetch = fetching(url);
    const answer = await fetch(new URL(url), {
      method: 'POST',
      headers: new Headers({ 'x-mark': 'mark' }),
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, ['a=1', 'b=2']]);
    expect(await answer.json()).toEqual({
      method: 'POST',
      type: 'application/x-www-form-urlencoded;charset=UTF-8',
      x: 'mark',
      body: 'grant_type=client_credentials',
    });
    expect(await (await fetch(url)).json()).toEqual({ method: 'GET', body: '' });
  });

  it('may answer without a body', async () => {
    const { url } = await receiver((_, response) => response.writeHead(204).end());
    const answer = await fetching(url)(url);
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  it('cannot send the caller elsewhere', async () => {
    const { url } = await receiver((_, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    );
    const answer = await fetching(url)(url);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
  });

  it('is not answered for by another address', async () => {
    const { url } = await receiver((_, response) => response.end('ok'));
    const fetch = fetching(url);
    for (const [other, said] of [
      ['http://127.0.0.1:1/', 'http://127.0.0.1:1'],
      [url.replace('http:', 'https:'), `https://${new URL(url).host}`],
      ['nowhere', 'this'],
    ] as const) {
      expect(await failure(fetch(other))).toMatchObject({
        kind: 'refused_url',
        message: `${said} is not a configured address`,
      });
    }
  });

  it('is not called at a metadata address, wherever its name leads', async () => {
    const url = 'http://keycloak.example/';
    const resolve = async () => [{ address: '169.254.169.254', family: 4 }];
    expect(await failure(fetching(url, { resolve })(url))).toMatchObject({
      kind: 'refused_address',
      message: 'keycloak.example (169.254.169.254) is a link-local address and is not called',
    });
  });

  it('may not answer at any length, packed or not', async () => {
    const { url } = await receiver((request, response) => {
      const packed = request.url?.includes('packed');
      if (packed) response.setHeader('content-encoding', 'gzip');
      response.end(packed ? gzipSync(Buffer.alloc(500_000)) : 'x'.repeat(1_001));
    });
    const { host } = new URL(url);
    expect(await failure(fetching(url)(url))).toMatchObject({
      kind: 'oversized',
      message: `${host} answered with more than 1000 bytes`,
    });
    const packed = await fetching(url)(`http://${host}/packed`);
    expect((await packed.arrayBuffer()).byteLength).toBeLessThan(1_000);
  });

  it('has only so much time, and is left alone when the caller gives up', async () => {
    const { url } = await receiver(() => undefined);
    const { host } = new URL(url);
    expect(await failure(fetching(url, { timeoutMs: 40 })(url))).toMatchObject({
      kind: 'timeout',
      message: `${host} gave no complete answer within 0.04 s`,
    });
    expect(await failure(fetching(url)(url, { signal: AbortSignal.abort() }))).toMatchObject({
      kind: 'aborted',
      message: `the call to ${host} was given up`,
    });
  });
});
