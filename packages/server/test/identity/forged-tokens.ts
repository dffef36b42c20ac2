import { createHmac } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { published, rsaKey, type SigningKey, signed, signedByHand, unsigned } from './tokens.ts';

/** What the service under attack trusts. */
export type Trust = {
  /** RS256. */
  key: SigningKey;
  /** ES256. */
  curved: SigningKey;
  issuer: string;
  audience: string;
  nowSeconds: number;
};

/** A header that proves nothing, and what the refusal says. */
export type Forgery = { title: string; header: string | undefined; says: string };

const ALGORITHM =
  'the token is not signed with one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519';
const NOT_A_JWT = 'the token is not a signed JWT (header.payload.signature, each base64url)';
const SIGNATURE = "the token's signature is not the issuer's";
const UNPUBLISHED = 'the token is signed with a key that the issuer does not publish';

/** Every way we know to come in as an administrator without the issuer's word for it. */
export async function forgedTokens(trust: Trust): Promise<Forgery[]> {
  return [
    ...noTokens(),
    ...unsignedTokens(trust),
    ...confusedKeys(trust),
    ...(await foreignKeys(trust)),
    ...(await alteredTokens(trust)),
    ...oddHeaders(trust),
    ...(await wrongClaims(trust)),
  ];
}

export function goodClaims({ issuer, audience, nowSeconds }: Trust): JWTPayload {
  return {
    iss: issuer,
    aud: audience,
    sub: 'u-eve',
    exp: nowSeconds + 3_600,
    realm_access: { roles: ['AWE_ADMIN'] },
  };
}

function noTokens(): Forgery[] {
  const needed = 'a token is needed: send "Authorization: Bearer <token>"';
  const scheme = 'the Authorization header is not "Bearer <token>"';
  return [
    { title: 'no token', header: undefined, says: needed },
    { title: 'an empty header', header: '', says: scheme },
    { title: 'another scheme', header: 'Basic YWRhOmFkYQ==', says: scheme },
    { title: 'the scheme alone', header: 'Bearer', says: scheme },
    { title: 'two tokens in one header', header: 'Bearer a.b.c, Bearer d.e.f', says: scheme },
    { title: 'something that is no JWT', header: 'Bearer nonsense', says: NOT_A_JWT },
    { title: 'three parts of nothing', header: 'Bearer ..', says: NOT_A_JWT },
    { title: 'three parts that are not base64url', header: 'Bearer §.§.§', says: NOT_A_JWT },
    { title: 'an encrypted token (five parts)', header: 'Bearer e30.a.b.c.d', says: NOT_A_JWT },
    { title: 'twelve thousand characters', header: `Bearer ${'e'.repeat(12_000)}`, says: NOT_A_JWT },
  ];
}

function unsignedTokens(trust: Trust): Forgery[] {
  const claims = goodClaims(trust);
  const named = ['none', 'None', 'NONE', 'nOnE'].map((alg) => ({
    title: `alg ${alg}, no signature`,
    header: unsigned(claims, { alg, kid: trust.key.kid }),
    says: ALGORITHM,
  }));
  return [
    ...named,
    {
      title: 'alg none, with a signature',
      header: unsigned(claims, { alg: 'none' }, 'c2ln'),
      says: ALGORITHM,
    },
    { title: 'no alg', header: unsigned(claims, { kid: trust.key.kid }), says: NOT_A_JWT },
    { title: 'a list of algs', header: unsigned(claims, { alg: ['none', 'RS256'] }), says: NOT_A_JWT },
    {
      title: 'a good header, no signature',
      header: unsigned(claims, { alg: 'RS256', kid: trust.key.kid }),
      says: SIGNATURE,
    },
    {
      title: 'an ECDSA signature of zeros',
      header: unsigned(
        claims,
        { alg: 'ES256', kid: trust.curved.kid },
        Buffer.alloc(64).toString('base64url'),
      ),
      says: SIGNATURE,
    },
  ];
}

/** What everybody knows, taken for the secret of an HMAC. */
function confusedKeys(trust: Trust): Forgery[] {
  const { key } = trust;
  const pem = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const secrets: [hash: 'sha256' | 'sha384' | 'sha512', form: string, secret: string | Buffer][] = [
    ['sha256', 'the public key as PEM', pem],
    ['sha384', 'the public key as PEM', pem],
    ['sha512', 'the public key as PEM', pem],
    ['sha256', 'the public key as PEM without its last newline', pem.trimEnd()],
    ['sha256', 'the public key as PKCS #1', key.publicKey.export({ type: 'pkcs1', format: 'pem' })],
    ['sha256', 'the public key as DER', key.publicKey.export({ type: 'spki', format: 'der' })],
    ['sha256', 'the public key as JWK', JSON.stringify(published(key))],
    ['sha256', 'an empty secret', ''],
  ];
  return secrets.map(([hash, form, secret]) => {
    const alg = hash.replace('sha', 'HS');
    const token = unsigned(goodClaims(trust), { alg, kid: key.kid }).slice(0, -1);
    const signature = createHmac(hash, secret).update(token.slice('Bearer '.length)).digest('base64url');
    return { title: `${alg} with ${form}`, header: `${token}.${signature}`, says: ALGORITHM };
  });
}

async function foreignKeys(trust: Trust): Promise<Forgery[]> {
  const own = rsaKey('own');
  const claims = goodClaims(trust);
  const posing: SigningKey = { ...own, kid: trust.key.kid };
  const url = 'http://127.0.0.1:9/own-keys';
  const brought: [string, object][] = [
    ['jwk', { jwk: published(own) }],
    ['jku', { jku: url }],
    ['x5u', { x5u: url }],
    ['x5c', { x5c: [own.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')] }],
  ];
  return [
    { title: 'an unknown key', header: await signed(own, claims), says: UNPUBLISHED },
    {
      title: "an unknown key under the issuer's key id",
      header: await signed(posing, claims),
      says: SIGNATURE,
    },
    {
      title: "the issuer's key under an unknown id",
      header: await signed({ ...trust.key, kid: '../../dev/null' }, claims),
      says: UNPUBLISHED,
    },
    ...(await Promise.all(
      brought.map(async ([name, header]) => ({
        title: `a key brought along as ${name}`,
        header: await signed(posing, claims, header),
        says: SIGNATURE,
      })),
    )),
    {
      title: 'a key brought along, with no key id',
      header: await signed(own, claims, { kid: undefined, jwk: published(own) }),
      says: SIGNATURE,
    },
  ];
}

async function alteredTokens(trust: Trust): Promise<Forgery[]> {
  const claims = goodClaims(trust);
  const [head, payload, signature] = (await signed(trust.key, { ...claims, realm_access: {} })).split('.');
  const [, , other] = (await signed(trust.key, { ...claims, sub: 'u-other' })).split('.');
  const [, promoted] = unsigned(claims).split('.');
  const [otherHead] = unsigned(claims, { alg: 'RS512', kid: trust.key.kid }).split('.');
  return [
    { title: 'an altered payload', header: `${head}.${promoted}.${signature}`, says: SIGNATURE },
    { title: 'the signature of another token', header: `${head}.${payload}.${other}`, says: SIGNATURE },
    {
      title: 'a signature cut short',
      header: `${head}.${payload}.${signature?.slice(0, -4)}`,
      says: SIGNATURE,
    },
    {
      title: 'a payload cut short',
      header: `${head}.${payload?.slice(0, -4)}.${signature}`,
      says: SIGNATURE,
    },
    { title: 'an altered header', header: `${otherHead}.${payload}.${signature}`, says: UNPUBLISHED },
    { title: 'a fourth part', header: `${head}.${payload}.${signature}.`, says: NOT_A_JWT },
  ];
}

function oddHeaders(trust: Trust): Forgery[] {
  const header = { alg: 'RS256', kid: trust.key.kid };
  const byHand = (more: object, claims: unknown = goodClaims(trust)) =>
    signedByHand(trust.key, claims, { ...header, ...more });
  const crit = 'the token\'s header demands an extension that is not known here ("crit")';
  return [
    { title: 'an unknown critical extension', header: byHand({ crit: ['exp'], exp: 1 }), says: crit },
    { title: 'an empty list of critical extensions', header: byHand({ crit: [] }), says: NOT_A_JWT },
    { title: 'an unencoded payload', header: byHand({ crit: ['b64'], b64: false }), says: NOT_A_JWT },
    { title: 'an algorithm of another family', header: byHand({ alg: 'ES256' }), says: UNPUBLISHED },
    { title: 'a key id that is no text', header: byHand({ kid: { a: 1 } }), says: UNPUBLISHED },
    { title: 'claims that are a list', header: byHand({}, [goodClaims(trust)]), says: NOT_A_JWT },
    { title: 'claims that are null', header: byHand({}, null), says: NOT_A_JWT },
  ];
}

async function wrongClaims(trust: Trust): Promise<Forgery[]> {
  const { issuer, audience, nowSeconds: now } = trust;
  const at = (seconds: number) => new Date((now + seconds) * 1000).toISOString();
  const notIssuer = `the token's issuer is not ${issuer}`;
  const notAudience = `the token is not meant for the audience ${audience}`;
  const longId =
    'the token\'s "sub" claim is longer than 255 characters, or holds NUL or half a surrogate pair';
  const wrong: [title: string, claims: object, says: string][] = [
    ['an end in the past', { exp: now - 61 }, `the token expired at ${at(-61)}; get a new one`],
    ['no end', { exp: undefined }, 'the token has no "exp" claim'],
    ['an end that is a text', { exp: 'never' }, 'the token\'s "exp" claim is not acceptable'],
    ['a beginning in the future', { nbf: now + 600 }, `the token is not valid before ${at(600)}`],
    [
      'an issue in the future',
      { iat: now + 600 },
      `the token was issued in the future, at ${at(600)}; compare the clocks here and at the issuer`,
    ],
    ['another issuer', { iss: 'https://evil.example/realms/r' }, notIssuer],
    ['an issuer that only begins alike', { iss: `${issuer}.evil.example` }, notIssuer],
    ['a list of issuers', { iss: [issuer] }, notIssuer],
    ['no issuer', { iss: undefined }, 'the token has no "iss" claim'],
    ['another audience', { aud: 'account' }, notAudience],
    ['an audience that only begins alike', { aud: [`${audience}-other`] }, notAudience],
    ['an audience in odd shape', { aud: { 0: audience } }, notAudience],
    ['azp for an audience', { aud: undefined, azp: audience }, 'the token has no "aud" claim'],
    ['azp beside another audience', { aud: ['account'], azp: audience }, notAudience],
    ['the type of an ID token', { typ: 'ID' }, typed('ID')],
    ['the type of a refresh token', { typ: 'Refresh' }, typed('Refresh')],
    ['the type of a logout token', { typ: 'Logout' }, typed('Logout')],
    ['no subject', { sub: undefined }, 'the token has no "sub" claim, which names its bearer'],
    ['a subject that is a number', { sub: 7 }, 'the token\'s "sub" claim is not a string'],
    ['a subject that is a list', { sub: ['u-eve'] }, 'the token\'s "sub" claim is not a string'],
    ['a blank subject', { sub: ' \t' }, 'the token\'s "sub" claim is blank'],
    ['a subject without end', { sub: 'x'.repeat(256) }, longId],
    ['a subject with NUL', { sub: 'a\0b' }, longId],
    ['half a surrogate pair', { sub: '\ud800' }, longId],
    [
      "the service's own name",
      { sub: 'sla-monitor' },
      'the token\'s "sub" claim is "sla-monitor", which is the service\'s own name',
    ],
  ];
  const claims = goodClaims(trust);
  return Promise.all(
    wrong.map(async ([title, change, says]) => ({
      title,
      header: await signed(trust.key, { ...claims, ...change }),
      says,
    })),
  );
}

function typed(type: string): string {
  return `the token is of type ${type}, which is not for calls; send the access token`;
}
