import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Resolve } from '../../src/outbound/connect.ts';
import { call, closing, failure, outbound, receiver } from './local-receiver.ts';

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
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
    ['http://[64:ff9b::7f00:1]/', '64:ff9b::7f00:1 is a loopback address and is not called'],
    ['http://[2002:7f00:1::]/', '2002:7f00:1:: is a loopback address and is not called'],
    ['http://[2001:0:7f00:1::]/', '2001:0:7f00:1:: is a tunnel address and is not called'],
    ['http://127.0.0.1./', '127.0.0.1 is a loopback address and is not called'],
    ['http://１２７。0。0。1/', '127.0.0.1 is a loopback address and is not called'],
    ['http://%6c%6Fcalhost/', 'localhost is this machine itself and is not called'],
    ['http://ⓛocalhost/', 'localhost is this machine itself and is not called'],
    [
      'http://metadata.google.internal/',
      'metadata.google.internal is a cloud metadata service and is not called',
    ],
    ['http://Metadata.GOOG./', 'metadata.goog is a cloud metadata service and is not called'],
    ['http://100.100.100.200/', '100.100.100.200 is a cloud metadata address and is not called'],
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
    ['https://evil。example/', 'the host evil.example is on outbound.deny_hosts'],
    ['https://evil.example../', 'the host evil.example.. cannot be read'],
    [
      'http://[fe80::1%25eth0]/',
      'the URL cannot be read; write one such as https://service.example.org/path',
    ],
    ['http://example.org:0/', 'the URL names port 0, where nobody can listen'],
    [
      'http://example.org:65536/',
      'the URL cannot be read; write one such as https://service.example.org/path',
    ],
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

  it('a denied address behind another name', async () => {
    const resolve: Resolve = async () => [{ address: '10.0.0.5', family: 4 }];
    const calls = outbound({ resolve, settings: { deny_hosts: ['10.0.0.5'] } });
    expect(await failure(calls.post(call('http://innocent.example/')))).toMatchObject({
      kind: 'refused_address',
      message: 'innocent.example (10.0.0.5) is on outbound.deny_hosts and is not called',
    });
    expect(calls.callbackUrlFault('http://[::ffff:10.0.0.5]/')).toBe(
      '::ffff:a00:5 is on outbound.deny_hosts and is not called',
    );
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

it('stays with the address it judged, wherever the name leads meanwhile', async () => {
  const { port, connections } = await receiver((_, response) => response.end('ok'));
  let address = '127.0.0.1';
  const calls = outbound({ resolve: async () => [{ address, family: 4 }] });
  const outcome = () =>
    calls.post(call(`http://rebinding.example:${port}/`)).then(
      ({ body }) => body.toString(),
      (error: Error) => error.message,
    );
  expect(await outcome()).toBe('ok');
  address = '169.254.169.254';
  const refused = 'rebinding.example (169.254.169.254) is a link-local address and is not called';
  // Over the connection that is there if it is free already, and else over none.
  for (let n = 0; n < 5; n++) expect(['ok', refused]).toContain(await outcome());
  for (const socket of connections) socket.destroy();
  // The closing may be noticed by the call that meets it; the one after it needs a new connection in any case.
  await outcome();
  expect(await outcome()).toBe(refused);
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
