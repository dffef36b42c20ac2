import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { deliver, fakeEvent, signWebhook } from '@awe/client/testing';
import { receiveWebhooks } from '@awe/client/webhooks';
import { serve } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import { OTHER, SECRET } from './hmac.ts';

const closers: (() => unknown)[] = [];
afterEach(() => Promise.all(closers.splice(0).map((close) => close())));

/** A receiver that fails for `fails`, and what it was told of. */
function receiver() {
  const told: string[] = [];
  const errors: string[] = [];
  const receive = receiveWebhooks({
    secrets: [SECRET],
    on: {
      request_approved: ({ artifact_id }) => {
        if (artifact_id === 'fails') throw new Error('the database is away');
        told.push(artifact_id);
      },
    },
    maxBytes: 2000,
    onError: (error) => errors.push(error instanceof Error ? error.name : String(error)),
  });
  return { receive, told, errors };
}
type Receive = ReturnType<typeof receiver>['receive'];

function listening(server: Server): Promise<string> {
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  closers.push(() => server.closeAllConnections());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/approvals`),
    );
  });
}

function serving({ fetch }: Hono): Promise<string> {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}/approvals`),
    );
    closers.push(() => server.close());
  });
}

/** Each server as its own documentation sets it up, with the receiver beside a route that parses JSON. */
const SERVERS: Record<string, (receive: Receive) => Promise<string>> = {
  'node:http': (receive) => listening(createServer(receive.node)),
  express: (receive) => {
    const app = express();
    app.post('/approvals', receive.express);
    app.use(express.json());
    app.post('/other', (request, response) => void response.json(request.body));
    return listening(createServer(app));
  },
  'express with express.raw': (receive) => {
    const app = express();
    app.post('/approvals', express.raw({ type: '*/*', limit: 2000 }), receive.express);
    return listening(createServer(app));
  },
  'express behind a parser that keeps the bytes': (receive) => {
    const app = express();
    const keep = (request: IncomingMessage, _: unknown, rawBody: Buffer) =>
      Object.assign(request, { rawBody });
    app.use(express.json({ verify: keep }));
    app.post('/approvals', receive.express);
    return listening(createServer(app));
  },
  'express 4 behind a parser of something else': (receive) => {
    const app = express();
    app.use((request, _, next) => {
      request.body = {};
      next();
    });
    app.post('/approvals', receive.express);
    return listening(createServer(app));
  },
  fastify: async (receive) => {
    const app = fastify();
    app.register(receive.fastify, { url: '/approvals' });
    app.post('/other', async (request) => request.body);
    closers.push(() => app.close());
    return `${await app.listen({ port: 0, host: '127.0.0.1' })}/approvals`;
  },
  hono: (receive) => {
    const app = new Hono();
    app.post('/approvals', receive.hono);
    app.post('/other', async (context) => context.json(await context.req.json()));
    return serving(app);
  },
};

describe.each(Object.entries(SERVERS))('a receiver in %s', (_, open) => {
  it('takes what is signed, refuses what is not, and asks for what failed again', async () => {
    const { receive, told, errors } = receiver();
    const url = await open(receive);
    const statuses: number[] = [];
    const send = async (artifact_id: string, secret: string) => {
      const answer = await deliver(fakeEvent('request_approved', { artifact_id }), url, { secret });
      await answer.arrayBuffer();
      statuses.push(answer.status);
    };
    await send('cr-1 ü', SECRET);
    await send('cr-2', OTHER);
    await send('fails', SECRET);
    await send('cr-3'.padEnd(3000), SECRET);
    const empty = await fetch(url, { method: 'POST' });
    expect([...statuses, empty.status]).toEqual([200, 401, 500, 413, 400]);
    expect(told).toEqual(['cr-1 ü']);
    expect(errors).toEqual(['Error']);
  });
});

describe.each(['express', 'fastify', 'hono'])('a receiver in %s', (name) => {
  it('leaves the bodies of other routes to their parser', async () => {
    const url = await SERVERS[name]?.(receiver().receive);
    const options = { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } };
    const answer = await fetch(`${url}`.replace('approvals', 'other'), options);
    expect(await answer.json()).toEqual({ a: 1 });
  });
});

describe('a receiver behind a parser says how to wire it', () => {
  const WIRED_WRONGLY: Record<string, [open: (receive: Receive) => Promise<string>, wayOut: string]> = {
    express: [
      (receive) => {
        const app = express();
        app.use(express.json());
        app.post('/approvals', receive.express);
        return listening(createServer(app));
      },
      'Put the receiver before the body parser',
    ],
    'node:http': [
      (receive) => {
        const read: RequestListener = async (request, response) => {
          await text(request);
          await receive.node(request, response);
        };
        return listening(createServer(read));
      },
      'Put the receiver before the body parser',
    ],
    hono: [
      (receive) => {
        const app = new Hono();
        app.use(async (context, next) => {
          await context.req.json();
          await next();
        });
        app.post('/approvals', receive.hono);
        return serving(app);
      },
      'read a request.clone()',
    ],
  };

  it.each(Object.entries(WIRED_WRONGLY))('%s', async (_, [open, wayOut]) => {
    const { receive, told, errors } = receiver();
    const answer = await deliver(fakeEvent('request_approved'), await open(receive), { secret: SECRET });
    const body = (await answer.json()) as { status: string; message: string };
    expect([answer.status, body.status]).toEqual([500, 'body_taken']);
    expect(body.message).toContain(wayOut);
    expect([told, errors]).toEqual([[], ['BodyTaken']]);
  });
});

describe('a receiver of node:http', () => {
  it('answers nothing but POST', async () => {
    const url = await listening(createServer(receiver().receive.node));
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('says nothing when its server has answered meanwhile', async () => {
    const { receive, told } = receiver();
    const finished: Promise<void>[] = [];
    const url = await listening(
      createServer((request, response) => {
        response.writeHead(503).end();
        finished.push(receive.node(request, response));
      }),
    );
    const answer = await deliver(fakeEvent('request_approved'), url, { secret: SECRET });
    expect(answer.status).toBe(503);
    await Promise.all(finished);
    expect(told).toHaveLength(1);
  });

  it('does not wait for a body whose connection is closed already', async () => {
    const { receive, errors } = receiver();
    const statuses: number[] = [];
    const gone = Object.assign(new PassThrough().destroy(), { method: 'POST', headers: {} });
    await once(gone, 'close');
    await receive.node(gone, { writeHead: (status) => statuses.push(status), end: () => {} });
    expect([statuses, errors]).toEqual([[500], ['Error']]);
  });

  it('gives up a body that breaks off, and lives on', async () => {
    const { receive, errors } = receiver();
    const finished: Promise<void>[] = [];
    const url = await listening(
      createServer((request, response) => finished.push(receive.node(request, response))),
    );
    const webhook = await signWebhook(fakeEvent('request_approved'), { secret: SECRET });
    await new Promise<void>((resolve) => {
      const half = httpRequest(url, {
        method: 'POST',
        headers: { ...webhook.headers, 'content-length': '1000' },
      });
      half.on('error', () => resolve());
      half.write(webhook.body.slice(0, 10), () => half.destroy());
      half.on('close', () => resolve());
    });
    // The server may learn of the call only after its caller has gone.
    while (finished.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all(finished);
    expect(errors).toHaveLength(1);
    expect((await deliver(fakeEvent('request_approved'), url, { secret: SECRET })).status).toBe(200);
  });
});
