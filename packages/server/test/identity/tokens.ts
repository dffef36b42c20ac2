import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
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

export function rsaKey(kid: string, alg = 'RS256', modulusLength = 2048): SigningKey {
  return { kid, alg, ...generateKeyPairSync('rsa', { modulusLength }) };
}

export function ecKey(kid: string, alg = 'ES256', namedCurve = 'P-256'): SigningKey {
  return { kid, alg, ...generateKeyPairSync('ec', { namedCurve }) };
}

export function edwardsKey(kid: string): SigningKey {
  return { kid, alg: 'EdDSA', ...generateKeyPairSync('ed25519') };
}

export async function signed(key: SigningKey, claims: JWTPayload, header: object = {}): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header });
  return `Bearer ${await token.sign(key.privateKey)}`;
}

/** A token put together by hand, for what no library would sign: the RSA signature is right, whatever the header says. */
export function signedByHand(key: SigningKey, claims: unknown, header: object): string {
  const token = unsigned(claims, header).slice(0, -1);
  const signature = sign('sha256', Buffer.from(token.slice('Bearer '.length)), key.privateKey);
  return `${token}.${signature.toString('base64url')}`;
}

/** As an issuer publishes it. */
export function published({ kid, alg, publicKey }: SigningKey) {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
}

/** An issuer that publishes keys over HTTP; `body` and `answer` may be replaced to misbehave. */
export async function issuer(keys: SigningKey[]) {
  const state = {
    keys,
    visits: 0,
    status: 200,
    body: null as string | null,
    answer: null as ((response: ServerResponse) => void) | null,
  };
  const server = createServer((_, response) => {
    state.visits++;
    if (state.answer) return state.answer(response);
    const jwks = state.keys.map(published);
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
