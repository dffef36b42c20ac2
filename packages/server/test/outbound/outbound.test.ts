import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Resolve } from '../../src/outbound/connect.ts';
import { OutboundFailure } from '../../src/outbound/failure.ts';
import { createOutbound, type OutboundCall, type OutboundSettings } from '../../src/outbound/outbound.ts';

const settings: OutboundSettings = {
  deny_private: false,
  allow_hosts: [],
  deny_hosts: [],
  max_response_bytes: 65_536,
};
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function outbound(
  options: { settings?: Partial<OutboundSettings>; allowLoopback?: boolean; resolve?: Resolve } = {},
) {
  const { allowLoopback = true, resolve } = options;
  const made = createOutbound(
    { ...settings, ...options.settings },
    { allowLoopback, ...(resolve ? { resolve } : {}) },
  );
  closing.push(() => made.close());
  return made;
}

async function receiver(
  answer: RequestListener,
): Promise<{ url: string; port: number; connections: Socket[] }> {
  const server = createServer(answer);
  const connections: Socket[] = [];
  server.on('connection', (socket) => connections.push(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook?token=hunter2`, port, connections };
}

const call = (url: string, more: Partial<OutboundCall> = {}): OutboundCall => ({
  url,
  headers: { 'content-type': 'application/json' },
  body: '{}',
  timeoutMs: 5_000,
  ...more,
});

async function failure(promise: Promise<unknown>): Promise<OutboundFailure> {
  const error = await promise.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof OutboundFailure) return error;
  throw error;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

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

describe('whom it never calls', () => {
  it.each([
    ['http://127.0.0.1/', '127.0.0.1 is a loopback address and is not called'],
    ['http://2130706433/', '127.0.0.1 is a loopback address and is not called'],
    ['http://0177.0.0.1/', '127.0.0.1 is a loopback address and is not called'],
    ['http://0x7f.1/', '127.0.0.1 is a loopback address and is not called'],
    ['http://127.1/', '127.0.0.1 is a loopback address and is not called'],
    ['http://[::1]:8080/', '::1 is a loopback address and is not called'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1 is a loopback address and is not called'],
    ['http://localhost/', 'localhost is this machine itself and is not called'],
    ['http://LOCALHOST./', 'localhost is this machine itself and is not called'],
    ['http://a.localhost/', 'a.localhost is this machine itself and is not called'],
    ['http://169.254.169.254/latest/meta-data', '169.254.169.254 is a link-local address and is not called'],
    ['http://0xA9FEA9FE/', '169.254.169.254 is a link-local address and is not called'],
    ['http://[fd00:ec2::254]/', 'fd00:ec2::254 is a cloud metadata address and is not called'],
    ['http://0/', '0.0.0.0 is an unspecified address and is not called'],
    ['http://[::]/', ':: is an unspecified address and is not called'],
    ['http://224.0.0.1/', '224.0.0.1 is a multicast address and is not called'],
  ])('%s', async (url, message) => {
    const calls = outbound({ allowLoopback: false });
    expect(calls.callbackUrlFault(url)).toBe(message);
    expect(await failure(calls.post(call(url)))).toMatchObject({ kind: 'refused_address', message });
  });

  it.each([
    ['ftp://example.org/', 'the URL begins with ftp:, not https:// or http://'],
    ['file:///etc/passwd', 'the URL begins with file:, not https:// or http://'],
    ['http://user:hunter2@example.org/', 'the URL carries credentials; take them out'],
    ['http://user@example.org/', 'the URL carries credentials; take them out'],
    ['example.org/hook', 'the URL cannot be read; write one such as https://service.example.org/path'],
    ['', 'the URL cannot be read; write one such as https://service.example.org/path'],
    ['http://[::1', 'the URL cannot be read; write one such as https://service.example.org/path'],
    [`http://example.org/${'x'.repeat(2048)}`, 'the URL is longer than 2048 characters'],
    ['https://evil.example/', 'the host evil.example is on outbound.deny_hosts'],
    ['https://EVIL.example./', 'the host evil.example is on outbound.deny_hosts'],
    ['https://a.bad.example/', 'the host a.bad.example is on outbound.deny_hosts'],
  ])('%s', async (url, message) => {
    const calls = outbound({ settings: { deny_hosts: ['evil.example', '*.bad.example'] } });
    expect(calls.callbackUrlFault(url)).toBe(message);
    expect(await failure(calls.post(call(url)))).toMatchObject({ kind: 'refused_url', message });
  });

  it('hosts that are not on an allow list, if there is one', () => {
    const { callbackUrlFault } = outbound({
      settings: { allow_hosts: ['*.example.org'], deny_hosts: ['x.example.org'] },
    });
    expect(callbackUrlFault('https://hooks.example.org/')).toBeNull();
    expect(callbackUrlFault('https://example.com/')).toBe(
      'the host example.com is not on outbound.allow_hosts',
    );
    expect(callbackUrlFault('https://x.example.org/')).toBe(
      'the host x.example.org is on outbound.deny_hosts',
    );
  });

  it('private addresses when they are denied', () => {
    const url = 'https://10.1.2.3/hook';
    expect(outbound().callbackUrlFault(url)).toBeNull();
    expect(outbound({ settings: { deny_private: true } }).callbackUrlFault(url)).toBe(
      '10.1.2.3 is a private address (outbound.deny_private) and is not called',
    );
  });

  it('names that resolve to nothing but refused addresses', async () => {
    const resolve: Resolve = async () => [
      { address: '169.254.169.254', family: 4 },
      { address: 'fd00:ec2::254', family: 6 },
    ];
    expect(await failure(outbound({ resolve }).post(call('http://innocent.example/')))).toMatchObject({
      kind: 'refused_address',
      message: 'innocent.example (169.254.169.254) is a link-local address and is not called',
    });
  });

  it('the refused ones among the addresses of a name', async () => {
    const { port } = await receiver((_, response) => response.end('safe'));
    const resolve: Resolve = async () => [
      { address: '169.254.169.254', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const answer = await outbound({ resolve }).post(call(`http://mixed.example:${port}/`));
    expect(answer.body.toString()).toBe('safe');
  });

  it('a name that changes its mind after it was found harmless (DNS rebinding)', async () => {
    const { port, connections } = await receiver((_, response) =>
      response.setHeader('connection', 'close').end('ok'),
    );
    const answers = ['127.0.0.1', '169.254.169.254'];
    const asked: string[] = [];
    const calls = outbound({
      resolve: async (hostname) => {
        asked.push(hostname);
        return [{ address: answers.shift() ?? '', family: 4 }];
      },
    });
    const url = `http://rebinding.example:${port}/`;
    expect((await calls.post(call(url))).status).toBe(200);
    expect((await failure(calls.post(call(url)))).kind).toBe('refused_address');
    // One question for each connection, and none between the judgement and the connection.
    expect(asked).toEqual(['rebinding.example', 'rebinding.example']);
    expect(connections).toHaveLength(1);
  });
});

it('closes once the calls in flight are answered, and then calls nobody', async () => {
  const arrived = Promise.withResolvers<ServerResponse>();
  const { url, port } = await receiver((_, response) => arrived.resolve(response));
  const calls = outbound();
  const inFlight = calls.post(call(url));
  const response = await arrived.promise;
  const closed = calls.close();
  expect(await failure(calls.post(call(url)))).toMatchObject({
    kind: 'aborted',
    message: `the call to 127.0.0.1:${port} was given up: the server is shutting down`,
  });
  response.end('still in time');
  expect((await inFlight).body.toString()).toBe('still in time');
  await closed;
});

it('asks for a name once, however many calls wait for it', async () => {
  const { port } = await receiver((_, response) => response.end('ok'));
  let questions = 0;
  const found = Promise.withResolvers<{ address: string; family: number }[]>();
  const calls = outbound({
    resolve: () => {
      questions++;
      return found.promise;
    },
  });
  const answers = Promise.all([1, 2, 3].map(() => calls.post(call(`http://slow.example:${port}/`))));
  found.resolve([{ address: '127.0.0.1', family: 4 }]);
  expect((await answers).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(questions).toBe(1);
});
