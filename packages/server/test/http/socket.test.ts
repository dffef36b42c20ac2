import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, ANYONE, ID, standIn } from './stand-in.ts';

/** Node looks at slow connections about this often; the shorter, the sooner the test is through. */
const { app, sent, lines } = standIn(({ limits }) => ({ limits: { ...limits, requestTimeoutMs: 200 } }));
let port = 0;

beforeAll(async () => {
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => app.close());

/** What the server answers to bytes, until it closes the connection. */
async function answerTo(
  ...pieces: (string | Buffer)[]
): Promise<{ status: number; head: string; body: string }> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  for (const piece of pieces) socket.write(piece);
  return parse(await textOf(socket));
}

async function textOf(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(socket, 'close');
  return text;
}

function parse(text: string) {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body };
}

const envelope = (body: string) => JSON.parse(body).errors[0];
const HEAD = `Host: awe\r\nAuthorization: ${ADMIN}\r\nContent-Type: application/json\r\nConnection: close\r\n`;

describe('what is not HTTP', () => {
  it.each([
    ['noise', 'hello\r\n\r\n', 400],
    ['a version that does not exist', 'GET /v1/awe/health HTTP/9.9\r\n\r\n', 400],
    ['a header without a name', 'GET /v1/awe/health HTTP/1.1\r\nHost: awe\r\n: x\r\n\r\n', 400],
    [
      'two lengths',
      'POST /v1/awe/requests HTTP/1.1\r\nHost: awe\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
    ],
    [
      'a length that is no number',
      'POST /v1/awe/requests HTTP/1.1\r\nHost: awe\r\nContent-Length: x\r\n\r\n',
      400,
    ],
    [
      'length and chunks',
      `POST /v1/awe/requests HTTP/1.1\r\n${HEAD}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      400,
    ],
    [
      'a header that is too large',
      `GET /v1/awe/health HTTP/1.1\r\nHost: awe\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    ['a path that is too long', `GET /v1/awe/${'x'.repeat(20_000)} HTTP/1.1\r\nHost: awe\r\n\r\n`, 431],
  ])('is answered in the envelope: %s', async (_, bytes, status) => {
    const answer = await answerTo(bytes);
    expect(answer.status).toBe(status);
    expect(answer.head).toContain('connection: close');
    expect(answer.head).toContain('x-request-id: ');
    expect(envelope(answer.body)).toEqual({ errorCode: 'AWE-012', message: expect.any(String) });
  });

  it('is a call that never ends', async () => {
    const answer = await answerTo(`POST /v1/awe/requests HTTP/1.1\r\n${HEAD}Content-Length: 100\r\n\r\n{`);
    expect(answer.status).toBe(408);
    expect(envelope(answer.body).message).toBe('The call did not arrive in time. Send it again.');
  });
});

describe('a body that is too large', () => {
  const MEGABYTES = Buffer.alloc(5 * 1024 * 1024, ' ');

  it('is refused so that the client can read why, though it was still sending', async () => {
    const answer = await answerTo(
      `POST /v1/awe/requests HTTP/1.1\r\n${HEAD}Content-Length: ${MEGABYTES.length}\r\n\r\n`,
      MEGABYTES,
    );
    expect(answer.status).toBe(413);
    expect(envelope(answer.body)).toEqual({
      errorCode: 'AWE-012',
      message: 'The body is larger than 262144 bytes. Send less.',
    });
  });

  it('is refused in chunks too, and where no body is wanted', async () => {
    const chunk = [`${MEGABYTES.length.toString(16)}\r\n`, MEGABYTES, '\r\n0\r\n\r\n'];
    for (const path of ['/v1/awe/requests', `/v1/awe/tasks/${ID}/claim`]) {
      const answer = await answerTo(
        `POST ${path} HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\n`,
        ...chunk,
      );
      expect([answer.status, envelope(answer.body).errorCode]).toEqual([413, 'AWE-012']);
    }
  });

  it('is not even looked at without a token', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/v1/awe/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: MEGABYTES,
    });
    expect(response.status).toBe(401);
    expect(((await response.json()) as { errors: { errorCode: string }[] }).errors[0]?.errorCode).toBe(
      'AWE-008',
    );
  });

  it('may have exactly the limit', async () => {
    const body = Buffer.alloc(262_144, ' ');
    body.write('{"policy_key":"k","artifact_type":"a","artifact_id":"1"}');
    const head = `POST /v1/awe/requests HTTP/1.1\r\n${HEAD}Content-Length: `;
    expect((await answerTo(`${head}262144\r\n\r\n`, body)).status).toBe(201);
    expect((await answerTo(`${head}262145\r\n\r\n`, body, ' ')).status).toBe(413);
  });
});

describe('a body of 10,000 lists in each other', () => {
  it('is read and refused', async () => {
    const body = '['.repeat(10_000) + ']'.repeat(10_000);
    const answer = await answerTo(
      `POST /v1/awe/requests HTTP/1.1\r\n${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body).detail[0].type).toBe('too_deep');
  });
});

describe('a client that hangs up in the middle of its body', () => {
  it('harms nobody', async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const arrived = once(app.server, 'request');
    socket.write(`POST /v1/awe/requests HTTP/1.1\r\n${HEAD}Content-Length: 100\r\n\r\n{`);
    const [request] = await arrived;
    const gone = new Promise((resolve) => request.once('close', resolve));
    socket.destroy();
    await gone;
    expect((await fetch(`http://127.0.0.1:${port}/v1/awe/health`)).status).toBe(200);
    expect(lines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });
});

describe('one connection', () => {
  it('carries further calls after refusals', async () => {
    const call = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: awe\r\n${more}\r\n`;
    const socket = connect(port, '127.0.0.1');
    socket.write(call('/nowhere') + call('/v1/awe/tasks') + call('/v1/awe/health', 'Connection: close\r\n'));
    const statuses = [...(await textOf(socket)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) =>
      Number(status),
    );
    expect(statuses).toEqual([404, 401, 200]);
  });
});

describe('closing', () => {
  it('lets what is in flight finish', async () => {
    let finish = () => {};
    let started = () => {};
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    const { app: closing } = standIn(({ queries }) => ({
      queries: {
        ...queries,
        listEvents: (id) => {
          started();
          return new Promise((resolve) => {
            finish = () => resolve(queries.listEvents(id));
          });
        },
      },
    }));
    const origin = await closing.listen({ host: '127.0.0.1', port: 0 });
    const answer = fetch(`${origin}/v1/awe/requests/${ID}/events`, { headers: { authorization: ANYONE } });
    await running;
    const closed = closing.close();
    finish();
    const response = await answer;
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveLength(1);
    await closed;
    expect(sent).not.toContainEqual(['listEvents', ID]);
  });
});
