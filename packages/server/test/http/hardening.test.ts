import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { pagePolicy, portalPolicy } from '../../src/http/content-policy.ts';
import { webRules } from '../../src/http/web-rules.ts';
import { hardened } from './hardened.ts';
import { ADMIN, standIn } from './stand-in.ts';

const { app } = standIn();
const { app: strict } = await hardened({ hstsSeconds: 31_536_000, localHostOnly: true, maxConnections: 3 });
let port = 0;

beforeAll(async () => {
  port = Number(new URL(await strict.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => Promise.all([app.close(), strict.close()]));

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
const DATA = {
  ...EVERYWHERE,
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** What comes back for these bytes until the connection ends; headers in lower case. */
async function answerTo(bytes: string): Promise<{ head: string; body: string }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(socket, 'close');
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  return { head: head.toLowerCase(), body };
}

describe('the headers of every answer', () => {
  it.each([
    ['/v1/awe/policies', 200],
    ['/v1/awe/version', 200],
    ['/v1/awe/policies?limit=', 200],
    ['/v1/awe/requests?limit=0', 422],
    ['/v1/awe/requests/nowhere', 404],
    ['/nowhere', 404],
    ['/v1/awe/%ff', 404],
  ])('keep data to whom it was sent: %s', async (url, status) => {
    const changes = { url, headers: { authorization: ADMIN } };
    const { app: without } = standIn(({ queries }) => ({
      queries: { ...queries, findRequest: async () => null },
    }));
    const answer = await without.inject(changes);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers).toMatchObject(DATA);
    expect(answer.headers['strict-transport-security']).toBeUndefined();
    await without.close();
  });

  it('protect the pages and their files too', async () => {
    for (const url of ['/v1/awe/docs', '/v1/awe/redoc', '/v1/awe/docs/static/swagger-ui.css']) {
      const answer = await app.inject(url);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject(EVERYWHERE);
    }
  });

  it('are on what never became a call', async () => {
    const { head, body } = await answerTo('hello\r\n\r\n');
    for (const [name, value] of Object.entries(DATA))
      expect(head).toContain(`${name}: ${value.toLowerCase()}`);
    expect(head).toContain('strict-transport-security: max-age=31536000');
    expect(JSON.parse(body).errors[0].errorCode).toBe('AWE-012');
  });

  it('bind the host to TLS only where the operator says so', async () => {
    const answer = await strict.inject('/v1/awe/version');
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

describe('the policy of pages', () => {
  const directives = (policy: string) =>
    new Map(policy.split('; ').map((one) => [one.split(' ')[0], one.split(' ').slice(1)]));

  it('lets no inline script run, and nothing come from elsewhere', async () => {
    for (const url of ['/v1/awe/docs', '/v1/awe/redoc']) {
      const policy = String((await app.inject(url)).headers['content-security-policy']);
      expect(directives(policy).get('script-src')).toEqual(["'self'"]);
      expect(directives(policy).get('frame-ancestors')).toEqual(["'none'"]);
      expect(directives(policy).get('base-uri')).toEqual(["'none'"]);
      expect(directives(policy).get('object-src')).toEqual(["'none'"]);
    }
  });

  it('lets the portal speak to the identity provider, and to nobody else', () => {
    const policy = directives(portalPolicy('https://id.example/realms/awe'));
    expect(policy.get('connect-src')).toEqual(["'self'", 'https://id.example']);
    expect(policy.get('frame-src')).toEqual(["'self'", 'https://id.example']);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(portalPolicy(null)).toBe(pagePolicy());
  });
});

describe('the host that a call names', () => {
  const call = (host: string | undefined, url = '/v1/awe/version') =>
    strict.inject({ url, headers: host === undefined ? {} : { host } });

  it('must be there, as HTTP/1.1 asks', async () => {
    const { head, body } = await answerTo('GET /v1/awe/version HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(head).toMatch(/^http\/1\.1 400 /);
    expect(JSON.parse(body).errors).toEqual([
      {
        errorCode: 'AWE-012',
        message: 'The call has no Host header, which HTTP/1.1 asks for. Send it.',
      },
    ]);
    const old = await answerTo('GET /v1/awe/version HTTP/1.0\r\n\r\n');
    expect(old.head).toMatch(/^http\/1\.1 200 /);
  });

  it.each(['localhost:8000', '127.0.0.1:8000', '[::1]:8000', 'LOCALHOST', 'awe.localhost', '127.9.9.9'])(
    'may be this machine in development: %s',
    async (host) => {
      expect((await call(host)).statusCode).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'evil.example:8000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.0.2.1',
    '[::2]',
    '127.0.0.1:8000:9',
  ])('may be nothing else there, because any page could be made to lead here: %s', async (host) => {
    for (const url of ['/v1/awe/version', '/nowhere', '/v1/awe/docs']) {
      const answer = await call(host, url);
      expect([answer.statusCode, answer.json().errors[0].errorCode]).toEqual([400, 'AWE-012']);
      expect(answer.json().errors[0].message).toMatch(
        /^Development identity answers calls to localhost only/,
      );
    }
  });

  it('may be any in production', async () => {
    expect((await app.inject({ url: '/v1/awe/version', headers: { host: 'awe.example' } })).statusCode).toBe(
      200,
    );
  });
});

describe('many connections', () => {
  it('beyond the most are closed unheard, and the others served', async () => {
    const open: Socket[] = [];
    for (let n = 0; n < 3; n++) {
      const arrived = once(strict.server, 'connection');
      open.push(connect(port, '127.0.0.1'));
      await arrived;
    }
    const dropped = once(strict.server, 'drop');
    const excess = connect(port, '127.0.0.1').on('error', () => undefined);
    await Promise.all([dropped, new Promise((closed) => excess.on('close', closed).resume())]);
    const [first] = open;
    first?.write('GET /v1/awe/health HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(String((await once(first as Socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
    for (const socket of open) {
      const ended = once(socket, 'close');
      socket.destroy();
      await ended;
    }
  });

  it('that say nothing, or one byte at a time, are ended', async () => {
    const { app: hasty } = standIn(({ limits }) => ({ limits: { ...limits, requestTimeoutMs: 100 } }));
    const hastyPort = Number(new URL(await hasty.listen({ host: '127.0.0.1', port: 0 })).port);
    const silent = connect(hastyPort, '127.0.0.1');
    const dripping = connect(hastyPort, '127.0.0.1');
    const drip = setInterval(() => dripping.write('X'), 10);
    dripping.write('GET /v1/awe/health HTTP/1.1\r\n');
    const answers = [silent, dripping].map(async (socket) => {
      let text = '';
      socket
        .on('error', () => undefined)
        .on('data', (chunk) => {
          text += chunk;
        });
      await new Promise((closed) => socket.on('close', closed));
      return text;
    });
    const [said, dripped] = await Promise.all(answers);
    clearInterval(drip);
    for (const answer of [said, dripped]) expect(answer).toMatch(/^HTTP\/1\.1 408 .*"AWE-012"/s);
    await hasty.close();
  });
});

describe('many calls at once on one connection', () => {
  it('are answered in order, and past what is worked on at once refused', async () => {
    const { app: busy } = standIn(({ limits }) => ({ limits: { ...limits, callsInFlight: 50 } }));
    const busyPort = Number(new URL(await busy.listen({ host: '127.0.0.1', port: 0 })).port);
    const socket = connect(busyPort, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    const one = (id: number, more = '') =>
      `GET /v1/awe/tasks HTTP/1.1\r\nHost: awe\r\nAuthorization: ${ADMIN}\r\nX-Request-Id: n${id}\r\n${more}\r\n`;
    const calls = Array.from({ length: 500 }, (_, id) => one(id));
    socket.write(calls.join('') + one(500, 'Connection: close\r\n'));
    await once(socket, 'close');
    const ids = [...text.matchAll(/x-request-id: n(\d+)/gi)].map(([, id]) => Number(id));
    expect(ids).toEqual(Array.from({ length: 501 }, (_, id) => id));
    const statuses = new Set([...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status));
    expect([...statuses].filter((status) => status !== '200' && status !== '503')).toEqual([]);
    await busy.close();
  });
});

describe('the settings', () => {
  const configured = (env: Record<string, string>) =>
    loadConfig({
      env,
      cwd: '/srv/awe',
      readFile: () => {
        throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      },
    });

  it('open nothing unless told', () => {
    expect(webRules(configured({}))).toEqual({
      corsOrigins: [],
      callsPerMinute: 0,
      hstsSeconds: 0,
      maxConnections: 10_000,
      localHostOnly: true,
    });
    const env = { AWE__KEYCLOAK__ISSUER: 'https://id.example/realms/awe' };
    expect(webRules(configured(env)).localHostOnly).toBe(false);
    const insecure = { AWE__AUTH__ALLOW_INSECURE: 'true', AWE__SERVER__HOST: '0.0.0.0' };
    expect(webRules(configured(insecure)).localHostOnly).toBe(false);
  });

  it('name origins exactly', () => {
    const list = ['https://portal.example', 'http://localhost:5173'];
    const env = { AWE__SERVER__CORS_ORIGINS: JSON.stringify(list) };
    expect(webRules(configured(env)).corsOrigins).toEqual(list);
    for (const origin of [
      '*',
      'null',
      'portal.example',
      'https://portal.example/',
      'https://*.example',
      'https://Portal.example',
      'https://portal.example:443',
      'https://user@portal.example',
      'ftp://portal.example',
    ]) {
      expect(() => configured({ AWE__SERVER__CORS_ORIGINS: JSON.stringify([origin]) })).toThrow(
        'is not a list of exact origins such as ["https://portal.example.org"]: scheme, host and port as a browser sends them, no path, and no * (item 1 is not)',
      );
    }
  });
});
