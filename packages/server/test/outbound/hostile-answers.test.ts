import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { call, closing, failure, outbound, receiver } from './local-receiver.ts';

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A receiver that answers with these bytes, the last of them again and again until the connection is dropped. */
async function babbler(
  beginning: string,
  forEver: string,
): Promise<{ url: string; host: string; dropped: Promise<void> }> {
  const dropped = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('close', () => dropped.resolve());
    socket.once('data', () => {
      socket.write(beginning);
      pour(socket, forEver);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(() => server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}/`, host, dropped: dropped.promise };
}

function pour(socket: Socket, chunk: string): void {
  if (chunk === '') return;
  const write = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', write);
  write();
}

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
const LONG = 'x'.repeat(60_000);

describe('an answer without end', () => {
  it.each([
    ['in one header', `${OK}X: `, LONG],
    ['in many headers', OK, 'a: b\r\n'.repeat(5_000)],
    ['in its trailers', `${CHUNKED}2\r\nok\r\n0\r\n`, 'a: b\r\n'.repeat(5_000)],
  ])('%s is cut off when it is larger than headers may be', async (_, beginning, forEver) => {
    const { url, host, dropped } = await babbler(beginning, forEver);
    expect(await failure(outbound().post(call(url)))).toMatchObject({
      kind: 'connection',
      message: `${host}: Headers Overflow Error`,
    });
    await dropped;
  });

  it.each([
    ['in its first line', 'HTTP/1.1 200 ', LONG],
    ['before its first line', '', 'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n'.repeat(1_000)],
    ['in the extensions of a chunk', `${CHUNKED}2;`, LONG],
  ])('%s ends with the time for the call, and the connection with it', async (_, beginning, forEver) => {
    const { url, host, dropped } = await babbler(beginning, forEver);
    expect(await failure(outbound().post(call(url, { timeoutMs: 200 })))).toMatchObject({
      kind: 'timeout',
      message: `${host} gave no complete answer within 0.2 s`,
    });
    await dropped;
  });

  it('in chunks of one byte is cut at the limit', async () => {
    const { url, dropped } = await babbler(CHUNKED, '1\r\nx\r\n'.repeat(5_000));
    const answer = await outbound().post(call(url, { maxResponseBytes: 1_000 }));
    expect([answer.truncated, answer.body.length]).toEqual([true, 1_000]);
    await dropped;
  });
});

describe('an answer that breaks the protocol', () => {
  it.each([
    ['switches to another protocol', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
    ['has two lengths', `${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc`],
    ['has a length beyond counting', `${OK}Content-Length: 99999999999999999999\r\n\r\nabc`],
    ['continues what was complete', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ])('fails when it %s', async (_, bytes) => {
    const { url, host } = await babbler(bytes, '');
    const error = await failure(outbound().post(call(url)));
    expect(error.kind).toBe('connection');
    expect(error.message.startsWith(`${host}: `)).toBe(true);
  });

  it('gives nothing to the next call when a second answer follows unasked', async () => {
    const own = `${OK}Content-Length: 3\r\n\r\nown`;
    const { url } = await babbler(`${own}${own.replace('own', 'bad')}`, '');
    const calls = outbound();
    for (let n = 0; n < 3; n++) {
      // A connection on which something came unasked is not used again, so that every call hears its own answer.
      const answer = await calls.post(call(url)).catch((error: Error) => error.message);
      expect(answer).not.toMatchObject({ body: Buffer.from('bad') });
    }
  });
});

describe('a compressed answer', () => {
  it('was not asked for, is not unpacked, and counts as it comes', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    let asked: string | undefined = 'nothing';
    const { url } = await receiver((request, response) => {
      asked = request.headers['accept-encoding'];
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    const answer = await outbound().post(call(url));
    expect(asked).toBeUndefined();
    expect(answer.body.equals(bomb)).toBe(true);
  });
});
