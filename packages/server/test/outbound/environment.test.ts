import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CHILD = join(import.meta.dirname, 'calling-child.ts');
const CERTIFICATE = join(import.meta.dirname, 'certificate/certificate.pem');

/** What a process of its own, with this environment, gets from `url`. */
async function callFrom(env: Record<string, string>, url: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, url], {
    env: { PATH: process.env.PATH, ...env },
  });
  return stdout;
}

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

const plain = createServer((_, response) => response.end('straight'));
const secure = createTlsServer(
  {
    cert: readFileSync(CERTIFICATE),
    key: readFileSync(join(import.meta.dirname, 'certificate/key.pem')),
  },
  (_, response) => response.end('secret'),
);
let plainPort = 0;
let securePort = 0;

beforeAll(async () => {
  [plainPort, securePort] = await Promise.all([listening(plain), listening(secure)]);
});
afterAll(() => {
  for (const server of [plain, secure]) server.close();
});

describe('the environment of the process', () => {
  it('names a proxy in vain, for http and for https', async () => {
    let visits = 0;
    const proxy = createTcpServer((socket) => {
      visits++;
      socket.destroy();
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const env = Object.fromEntries(
      ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'].map((name) => [
        name,
        address,
      ]),
    );
    const proxied = { ...env, NODE_USE_ENV_PROXY: '1', NO_PROXY: '', NODE_EXTRA_CA_CERTS: CERTIFICATE };
    expect(await callFrom(proxied, `http://receiver.example:${plainPort}/`)).toBe('200 straight');
    expect(await callFrom(proxied, `https://receiver.example:${securePort}/`)).toBe('200 secret');
    proxy.close();
    expect(visits).toBe(0);
  });

  it('cannot switch the verification of certificates off', async () => {
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    expect(await callFrom(env, `https://receiver.example:${securePort}/`)).toMatch(
      /^receiver\.example:\d+: self-signed certificate/,
    );
  });

  it('can name a further authority to trust, whose certificates still name their host', async () => {
    const env = { NODE_EXTRA_CA_CERTS: CERTIFICATE };
    expect(await callFrom(env, `https://receiver.example:${securePort}/`)).toBe('200 secret');
    expect(await callFrom(env, `https://other.example:${securePort}/`)).toMatch(
      /^other\.example:\d+: Hostname\/IP does not match certificate's altnames/,
    );
  });
});
