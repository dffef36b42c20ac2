import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { IdentityFailure } from '../../src/identity/failure.ts';
import { createIdentity, type Identity } from '../../src/identity/identity.ts';
import { verifiedTokens } from '../../src/identity/verified-tokens.ts';
import { ecKey, issuer, rsaKey, type SigningKey, signed, stoppedClock, unsigned } from './tokens.ts';

const ISSUER = 'https://kc.example/realms/registry';
const first = rsaKey('first');
const second = rsaKey('second');
const curved = ecKey('curved');
const probabilistic = rsaKey('probabilistic', 'PS384');

let keycloak: Awaited<ReturnType<typeof issuer>>;
let clock: ReturnType<typeof stoppedClock>;

beforeEach(async () => {
  keycloak = await issuer([first, curved, probabilistic]);
  clock = stoppedClock();
});
afterEach(() => keycloak.stop());

function production(env: Record<string, string> = {}): Identity {
  const config = loadConfig({
    env: { AWE__KEYCLOAK__ISSUER: ISSUER, AWE__KEYCLOAK__JWKS_URL: keycloak.url, ...env },
    cwd: '/nowhere',
  });
  return createIdentity(config, { now: clock.now });
}

const token = (key: SigningKey = first, claims = {}) =>
  signed(key, { iss: ISSUER, sub: 'u-alice', exp: clock.in(300), ...claims });

async function failure(pending: Promise<unknown>): Promise<IdentityFailure> {
  const error = await pending.catch((reason: unknown) => reason);
  if (error instanceof IdentityFailure) return error;
  throw error;
}

const refused = (message: string) => ({ kind: 'unauthenticated', message });
const unavailable = (message: RegExp) => ({
  kind: 'keys_unavailable',
  message: expect.stringMatching(message),
});
const UNPUBLISHED = 'the token is signed with a key that the issuer does not publish';

describe('Keycloak identity', () => {
  it('accepts what the issuer signed, with every kind of key', async () => {
    const identity = production();
    for (const key of [first, curved, probabilistic]) {
      expect(
        await identity.identify(await token(key, { realm_access: { roles: ['AWE_VIEWER'] } })),
      ).toMatchObject({
        subject: 'u-alice',
        isAdmin: false,
        isViewer: true,
      });
    }
    expect(keycloak.visits).toBe(1);
  });

  it('finds the keys below the issuer when no jwks_url is set', async () => {
    const asked: string[] = [];
    const config = loadConfig({ env: { AWE__KEYCLOAK__ISSUER: `${ISSUER}/` }, cwd: '/nowhere' });
    const identity = createIdentity(config, {
      now: clock.now,
      fetch: async (url) => {
        asked.push(url);
        return fetch(keycloak.url);
      },
    });
    expect(await identity.identify(await token(first, { iss: `${ISSUER}/` }))).toMatchObject({
      sub: 'u-alice',
    });
    expect(asked).toEqual([`${ISSUER}/protocol/openid-connect/certs`]);
  });

  it('refuses unsigned, symmetrically signed, forged and altered tokens', async () => {
    const identity = production();
    const claims = { iss: ISSUER, sub: 'u-alice', exp: clock.in(300) };
    const algorithms =
      'the token is not signed with one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519';
    expect(await failure(identity.identify(unsigned(claims)))).toMatchObject(refused(algorithms));
    const confused = unsigned(claims, { alg: 'HS256', kid: 'first' }).slice(0, -1);
    const publicPem = first.publicKey.export({ type: 'spki', format: 'pem' });
    const hmac = createHmac('sha256', publicPem).update(confused.slice('Bearer '.length)).digest('base64url');
    expect(await failure(identity.identify(`${confused}.${hmac}`))).toMatchObject(refused(algorithms));
    const forged = await token({ ...second, kid: 'first' });
    expect(await failure(identity.identify(forged))).toMatchObject(
      refused("the token's signature is not the issuer's"),
    );
    const [head, , signature] = (await token()).split('.');
    const altered = `${head}.${Buffer.from(JSON.stringify({ ...claims, sub: 'u-eve' })).toString('base64url')}.${signature}`;
    expect(await failure(identity.identify(altered))).toMatchObject(
      refused("the token's signature is not the issuer's"),
    );
    for (const nonsense of ['Bearer nonsense', 'Bearer a.b.c', 'Bearer a.b.c.d.e', 'Bearer ..']) {
      expect(await failure(identity.identify(nonsense))).toMatchObject({ kind: 'unauthenticated' });
    }
    expect(await failure(identity.identify(undefined))).toMatchObject(
      refused('a token is needed: send "Authorization: Bearer <token>"'),
    );
  });

  it('checks issuer, audience, times and the bearer', async () => {
    const identity = production({
      AWE__KEYCLOAK__ADDITIONAL_ISSUERS: '["http://keycloak:8080/realms/registry"]',
      AWE__KEYCLOAK__AUDIENCE: 'awe',
    });
    const attempt = async (claims: object) =>
      identity.identify(await token(first, { aud: ['account', 'awe'], ...claims }));
    expect(await attempt({})).toMatchObject({ sub: 'u-alice' });
    expect(await attempt({ iss: 'http://keycloak:8080/realms/registry' })).toMatchObject({ sub: 'u-alice' });
    expect(await attempt({ exp: clock.in(-59), nbf: clock.in(60) })).toMatchObject({ sub: 'u-alice' });
    const faults: [object, string][] = [
      [
        { iss: 'https://evil.example' },
        `the token's issuer is not ${ISSUER} or http://keycloak:8080/realms/registry`,
      ],
      [{ iss: undefined }, 'the token has no "iss" claim'],
      [{ aud: 'account' }, 'the token is not meant for the audience awe'],
      [{ aud: undefined }, 'the token has no "aud" claim'],
      [{ exp: clock.in(-60) }, 'the token expired at 2026-04-23T09:59:00.000Z; get a new one'],
      [{ exp: undefined }, 'the token has no "exp" claim'],
      [{ nbf: clock.in(61) }, 'the token is not valid before 2026-04-23T10:01:01.000Z'],
      [{ sub: undefined }, 'the token has no "sub" claim, which names its bearer'],
      [{ sub: ' ' }, 'the token\'s "sub" claim is blank'],
    ];
    for (const [claims, message] of faults)
      expect(await failure(attempt(claims))).toMatchObject(refused(message));
  });

  it('accepts a token until it expires, and not a moment longer, however often it came before', async () => {
    const identity = production();
    const header = await token(first, { exp: clock.in(30) });
    const principal = await identity.identify(header);
    expect(await identity.identify(header)).toBe(principal);
    clock.pass(89);
    expect(await identity.identify(header)).toBe(principal);
    clock.pass(1);
    expect(await failure(identity.identify(header))).toMatchObject(
      refused('the token expired at 2026-04-23T10:00:30.000Z; get a new one'),
    );
  });

  it('verifies a long-lived token again from time to time', async () => {
    const identity = production();
    const header = await token(first, { exp: clock.in(86_400) });
    const principal = await identity.identify(header);
    clock.pass(300);
    const again = await identity.identify(header);
    expect(again).toEqual(principal);
    expect(again).not.toBe(principal);
  });
});

describe('the issuer’s keys', () => {
  it('are fetched once for everybody who waits', async () => {
    const identity = production();
    const headers = await Promise.all([1, 2, 3, 4].map((n) => token(first, { sub: `u-${n}` })));
    await Promise.all(headers.map((header) => identity.identify(header)));
    expect(keycloak.visits).toBe(1);
  });

  it('are fetched again for an unknown one, by one request for everybody, after a cool-down', async () => {
    const identity = production();
    await identity.identify(await token());
    keycloak.keys = [second];
    const rotated = [await token(second), await token(second, { sub: 'u-bob' })];
    expect(await failure(identity.identify(rotated[0]))).toMatchObject(refused(UNPUBLISHED));
    expect(keycloak.visits).toBe(1);
    clock.pass(10);
    const found = await Promise.all(rotated.map((header) => identity.identify(header)));
    expect(found.map(({ sub }) => sub)).toEqual(['u-alice', 'u-bob']);
    expect(keycloak.visits).toBe(2);
    for (let n = 0; n < 5; n++) {
      expect(await failure(identity.identify(await token(rsaKeyNamed(`made-up-${n}`))))).toMatchObject(
        refused(UNPUBLISHED),
      );
    }
    expect(keycloak.visits).toBe(2);
  });

  it('that are out of reach and were never seen make every token undecidable, until they are back', async () => {
    keycloak.status = 503;
    const identity = production();
    const header = await token();
    expect(await failure(identity.identify(header))).toMatchObject(
      unavailable(
        /^the signing keys at http:\/\/127\.0\.0\.1:\d+\/certs cannot be fetched \(Expected 200 OK/,
      ),
    );
    keycloak.status = 200;
    expect(await identity.identify(header)).toMatchObject({ sub: 'u-alice' });
  });

  it('that nobody serves, that never come, or that are none', async () => {
    const header = await token();
    keycloak.body = '{"keys": "none"}';
    expect(await failure(production().identify(header))).toMatchObject(
      unavailable(/JSON Web Key Set malformed/),
    );
    keycloak.body = 'nonsense';
    expect(await failure(production().identify(header))).toMatchObject(unavailable(/JSON/));
    const never = createIdentity(loadConfig({ env: { AWE__KEYCLOAK__ISSUER: ISSUER }, cwd: '/nowhere' }), {
      now: clock.now,
      keysTimeoutMs: 30,
      fetch: (_, { signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    expect(await failure(never.identify(header))).toMatchObject(unavailable(/cannot be fetched/));
    const gone = production();
    await keycloak.stop();
    expect(await failure(gone.identify(header))).toMatchObject(unavailable(/ECONNREFUSED/));
  });

  it('serve on while the issuer is away, but an unknown one is then undecidable', async () => {
    const identity = production();
    await identity.identify(await token());
    await keycloak.stop();
    clock.pass(3_600);
    expect(await identity.identify(await token())).toMatchObject({ sub: 'u-alice' });
    const unknown = await token(second);
    expect(await failure(identity.identify(unknown))).toMatchObject(unavailable(/ECONNREFUSED/));
    expect(await failure(identity.identify(unknown))).toMatchObject(unavailable(/ECONNREFUSED/));
  });

  it('are forgotten when the issuer has withdrawn them', async () => {
    const refetched = Promise.withResolvers<void>();
    let visits = 0;
    const identity = createIdentity(loadConfig({ env: { AWE__KEYCLOAK__ISSUER: ISSUER }, cwd: '/nowhere' }), {
      now: clock.now,
      fetch: async () => {
        const answer = await fetch(keycloak.url);
        if (++visits === 2) refetched.resolve();
        return answer;
      },
    });
    await identity.identify(await token());
    keycloak.keys = [second];
    clock.pass(601);
    expect(await identity.identify(await token())).toMatchObject({ sub: 'u-alice' });
    await refetched.promise;
    expect(await identity.identify(await token(second))).toMatchObject({ sub: 'u-alice' });
    expect(await failure(identity.identify(await token(first, { sub: 'u-new' })))).toMatchObject(
      refused(UNPUBLISHED),
    );
  });
});

/** A key the issuer never heard of; making a real one each time would only cost time. */
function rsaKeyNamed(kid: string): SigningKey {
  return { ...second, kid };
}

it('remembers only so many verified tokens, and drops the one used longest ago', () => {
  const principal = {
    subject: 'u',
    sub: 'u',
    email: null,
    roles: new Set<string>(),
    isAdmin: false,
    isViewer: false,
  };
  const known = verifiedTokens(2);
  for (const name of ['a', 'b']) known.put(name, principal, 0, 1000);
  known.get('a', 1);
  known.put('c', principal, 1, 1000);
  expect(['a', 'b', 'c'].map((name) => known.get(name, 2) !== null)).toEqual([true, false, true]);
  expect(known.get('a', 1000)).toBeNull();
  expect(known.size()).toBe(1);
});
