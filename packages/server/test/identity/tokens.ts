import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JWTPayload, SignJWT } from 'jose';

/** A clock that stands still until it is moved. */
export function stoppedClock(iso = '2026-04-23T10:00:00.000Z') {
  let time = new Date(iso);
  return {
    now: () => time.toISOString(),
    pass: (seconds: number) => {
      time = new Date(time.getTime() + seconds * 1000);
    },
    /** Unix seconds, this many seconds from now. */
    in: (seconds: number) => time.getTime() / 1000 + seconds,
  };
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function unsigned(claims: unknown, header: unknown = { alg: 'none' }, signature = ''): string {
  return `Bearer ${base64url(header)}.${base64url(claims)}.${signature}`;
}

export type SigningKey = { kid: string; alg: string; privateKey: KeyObject; publicKey: KeyObject };

export function rsaKey(kid: string, alg = 'RS256'): SigningKey {
  return { kid, alg, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

export function ecKey(kid: string): SigningKey {
  return { kid, alg: 'ES256', ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
}

export async function signed(key: SigningKey, claims: JWTPayload): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid });
  return `Bearer ${await token.sign(key.privateKey)}`;
}

/** An issuer that publishes keys over HTTP; `answer` may be replaced to misbehave. */
export async function issuer(keys: SigningKey[]) {
  const state = { keys, visits: 0, status: 200, body: null as string | null };
  const server = createServer((_, response) => {
    state.visits++;
    const jwks = state.keys.map(({ kid, alg, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      alg,
      use: 'sig',
    }));
    response
      .writeHead(state.status, { 'content-type': 'application/json', connection: 'close' })
      .end(state.body ?? JSON.stringify({ keys: jwks }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}/certs`,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  });
}
