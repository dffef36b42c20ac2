import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bodyOf, call, closing, failure, outbound, receiver } from './local-receiver.ts';

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe('a call that is answered', () => {
  it('carries headers and body there, and status, headers and body back', async () => {
    const { url } = await receiver(async (request, response) => {
      const seen = {
        method: request.method,
        path: request.url,
        x: request.headers['x-mark'],
        body: await bodyOf(request),
      };
      response.writeHead(418, { 'x-kind': 'teapot' }).end(JSON.stringify(seen));
    });
    const answer = await outbound().post(
      call(url, { headers: { 'x-mark': 'mark' }, body: Buffer.from('grüß') }),
    );
    expect(answer.status).toBe(418);
    expect(answer.headers['x-kind']).toBe('teapot');
    expect(answer.truncated).toBe(false);
    expect(JSON.parse(answer.body.toString())).toEqual({
      method: 'POST',
      path: '/hook?token=hunter2',
      x: 'mark',
      body: 'grüß',
    });
  });

  it('reuses its connection', async () => {
    const { url, connections } = await receiver((_, response) => response.end('ok'));
    const calls = outbound();
    for (let n = 0; n < 20; n++) await calls.post(call(url));
    // A connection is free again a moment after its answer, so that two may take turns.
    expect(connections.length).toBeLessThanOrEqual(2);
  });

  it('is not redirected', async () => {
    let visits = 0;
    const { url } = await receiver((_, response) => {
      visits++;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const answer = await outbound().post(call(url));
    expect(answer).toMatchObject({ status: 307, headers: { location: '/elsewhere' } });
    expect(visits).toBe(1);
  });

  it('ignores proxies named by the environment', async () => {
    const { url, port } = await receiver((request, response) => response.end(request.url));
    const before = process.env.http_proxy;
    process.env.http_proxy = `http://127.0.0.1:${port === 9 ? 10 : 9}`;
    try {
      expect((await outbound().post(call(url))).body.toString()).toBe('/hook?token=hunter2');
    } finally {
      if (before === undefined) delete process.env.http_proxy;
      else process.env.http_proxy = before;
    }
  });

  it('has an endless body cut at the limit, and the connection dropped', async () => {
    const dropped = Promise.withResolvers<void>();
    const { url } = await receiver((_, response) => endless(response, dropped.resolve));
    const answer = await outbound({ settings: { max_response_bytes: 100_000 } }).post(call(url));
    expect(answer.truncated).toBe(true);
    expect(answer.body).toHaveLength(100_000);
    await dropped.promise;
  });

  it('may be cut earlier than the setting, but not later', async () => {
    const { url } = await receiver((_, response) => response.end('x'.repeat(2000)));
    const calls = outbound({ settings: { max_response_bytes: 1500 } });
    expect((await calls.post(call(url, { maxResponseBytes: 10 }))).body.toString()).toBe('xxxxxxxxxx');
    expect((await calls.post(call(url, { maxResponseBytes: 9999 }))).body).toHaveLength(1500);
    const exact = outbound({ settings: { max_response_bytes: 2000 } });
    expect(await exact.post(call(url))).toMatchObject({ truncated: false });
  });
});

function endless(response: ServerResponse, dropped: () => void): void {
  const write = () => {
    while (response.write('x'.repeat(16_384))) if (response.destroyed) return;
  };
  response.on('drain', write).on('close', dropped);
  write();
}

describe('a notice, of whose answer only the head counts', () => {
  it('gets status and headers, and reuses its connection', async () => {
    const { url, connections } = await receiver((_, response) =>
      response.writeHead(429, { 'retry-after': '7' }).end('x'.repeat(1000)),
    );
    const calls = outbound();
    for (let n = 0; n < 20; n++) {
      expect(await calls.notify(call(url))).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
    }
    expect(connections.length).toBeLessThanOrEqual(3);
  });

  it('is answered although the body never comes, and the connection is dropped', async () => {
    const dropped = Promise.withResolvers<void>();
    const { url } = await receiver((_, response) => {
      response.on('close', dropped.resolve).writeHead(200, { 'content-length': '10' }).flushHeaders();
    });
    expect((await outbound().notify(call(url))).status).toBe(200);
    await dropped.promise;
  });

  it('is answered although the body breaks off', async () => {
    const { url } = await receiver((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => request.socket.resetAndDestroy());
    });
    const calls = outbound();
    for (let n = 0; n < 5; n++) expect((await calls.notify(call(url))).status).toBe(200);
  });

  it('does not take an endless body', async () => {
    const dropped = Promise.withResolvers<void>();
    const { url } = await receiver((_, response) => endless(response, dropped.resolve));
    expect((await outbound().notify(call(url))).status).toBe(200);
    await dropped.promise;
  });

  it('fails when the head does not come in time, or when the caller gives up', async () => {
    const { url, port } = await receiver(() => undefined);
    expect(await failure(outbound().notify(call(url, { timeoutMs: 40 })))).toMatchObject({
      kind: 'timeout',
      message: `127.0.0.1:${port} gave no answer within 0.04 s`,
    });
    const stop = new AbortController();
    stop.abort();
    expect((await failure(outbound().notify(call(url, { signal: stop.signal })))).kind).toBe('aborted');
  });
});

describe('a call that is not answered', () => {
  it('times out on a receiver that never answers', async () => {
    const { url, port } = await receiver(() => undefined);
    const error = await failure(outbound().post(call(url, { timeoutMs: 40 })));
    expect(error).toMatchObject({
      kind: 'timeout',
      message: `127.0.0.1:${port} gave no complete answer within 0.04 s`,
    });
  });

  it('times out on a body that only drips, however lively it is', async () => {
    const { url } = await receiver((_, response) => {
      const drip = setInterval(() => response.write('.'), 5);
      response.on('close', () => clearInterval(drip));
    });
    expect((await failure(outbound().post(call(url, { timeoutMs: 60 })))).kind).toBe('timeout');
  });

  it('times out on a name server that never answers', async () => {
    const asked = Promise.withResolvers<never>();
    const calls = outbound({ resolve: () => asked.promise });
    expect((await failure(calls.post(call('http://receiver.example/', { timeoutMs: 40 })))).kind).toBe(
      'timeout',
    );
    asked.reject(new Error('at last'));
  });

  it('ends when the caller gives up, also before it began', async () => {
    const arrived = Promise.withResolvers<void>();
    const { url, port } = await receiver(() => arrived.resolve());
    const stop = new AbortController();
    const pending = failure(outbound().post(call(url, { signal: stop.signal })));
    await arrived.promise;
    stop.abort();
    expect(await pending).toMatchObject({
      kind: 'aborted',
      message: `the call to 127.0.0.1:${port} was given up`,
    });
    expect((await failure(outbound().post(call(url, { signal: stop.signal })))).kind).toBe('aborted');
  });

  it('says so when the connection is reset, before or inside the answer', async () => {
    const resetting = await receiver((request) => request.socket.resetAndDestroy());
    expect((await failure(outbound().post(call(resetting.url)))).kind).toBe('connection');
    const halfway = await receiver((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => request.socket.resetAndDestroy());
    });
    expect((await failure(outbound().post(call(halfway.url)))).kind).toBe('connection');
  });

  it('says so when nobody listens, when the name is unknown, and when the answer is not HTTP', async () => {
    const gone = createTcpServer();
    await once(gone.listen(0, '127.0.0.1'), 'listening');
    const { port } = gone.address() as AddressInfo;
    await new Promise((done) => gone.close(done));
    const refused = await failure(outbound().post(call(`http://127.0.0.1:${port}/?token=hunter2`)));
    expect(refused.kind).toBe('connection');
    expect(refused.message).toContain('ECONNREFUSED');
    expect(refused.message).not.toContain('hunter2');

    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND receiver.example'), { code: 'ENOTFOUND' });
    const lost = outbound({ resolve: () => Promise.reject(unknown) });
    expect(await failure(lost.post(call('http://receiver.example/')))).toMatchObject({
      kind: 'connection',
      message: 'receiver.example: getaddrinfo ENOTFOUND receiver.example',
    });
    const empty = outbound({ resolve: () => Promise.resolve([]) });
    expect(await failure(empty.post(call('http://receiver.example/')))).toMatchObject({
      kind: 'connection',
      message: 'receiver.example has no address',
    });

    const babble = createTcpServer((socket) =>
      socket.on('error', () => undefined).end('good morning\r\n\r\n'),
    );
    await once(babble.listen(0, '127.0.0.1'), 'listening');
    closing.push(() => babble.close());
    const { port: babblePort } = babble.address() as AddressInfo;
    expect((await failure(outbound().post(call(`http://127.0.0.1:${babblePort}/`)))).kind).toBe('connection');
  });
});
