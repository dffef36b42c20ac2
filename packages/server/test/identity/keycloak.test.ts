import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgedTokens, goodClaims, type Trust } from './forged-tokens.ts';
import { failure, ISSUER, keycloakWorld, refused, type World } from './keycloak-world.ts';
import { ecKey, edwardsKey, rsaKey, signed } from './tokens.ts';

const first = rsaKey('first');
const curved = ecKey('curved');
const others = [
  rsaKey('longer', 'RS384'),
  rsaKey('longest', 'RS512'),
  rsaKey('probabilistic', 'PS384'),
  ecKey('wider', 'ES384', 'P-384'),
  edwardsKey('edwards'),
];

let world: World;

beforeEach(async () => {
  world = await keycloakWorld([first, curved, ...others]);
});
afterEach(() => world.keycloak.stop());

describe('Keycloak identity', () => {
  it('accepts what the issuer signed, with every kind of key', async () => {
    const identity = world.identity();
    const claims = { realm_access: { roles: ['AWE_VIEWER'] } };
    for (const key of [first, curved, ...others]) {
      const principal = await identity.identify(await world.token(key, claims));
      expect([key.kid, principal]).toMatchObject([
        key.kid,
        { subject: 'u-alice', isAdmin: false, isViewer: true },
      ]);
    }
    expect(world.keycloak.visits).toBe(1);
  });

  it('finds the keys below the issuer when no jwks_url is set', async () => {
    const asked: string[] = [];
    const identity = world.identity(
      { AWE__KEYCLOAK__ISSUER: `${ISSUER}/`, AWE__KEYCLOAK__JWKS_URL: '' },
      {
        fetch: async (url) => {
          asked.push(url);
          return fetch(world.keycloak.url);
        },
      },
    );
    expect(await identity.identify(await world.token(first, { iss: `${ISSUER}/` }))).toMatchObject({
      sub: 'u-alice',
    });
    expect(asked).toEqual([`${ISSUER}/protocol/openid-connect/certs`]);
  });

  it('accepts the same realm under its other names, its audience among others, and times within the leeway', async () => {
    const { clock } = world;
    const inside = 'http://keycloak:8080/realms/registry';
    const identity = world.identity({
      AWE__KEYCLOAK__ADDITIONAL_ISSUERS: JSON.stringify([inside]),
      AWE__KEYCLOAK__AUDIENCE: 'awe',
    });
    const accepted = [
      { aud: 'awe' },
      { aud: ['account', 'awe'] },
      { aud: 'awe', iss: inside },
      { aud: 'awe', typ: 'Bearer', azp: 'another-client' },
      { aud: 'awe', exp: clock.in(-59), nbf: clock.in(60), iat: clock.in(60) },
    ];
    for (const claims of accepted) {
      expect(await identity.identify(await world.token(first, claims))).toMatchObject({ sub: 'u-alice' });
    }
    expect(
      await failure(identity.identify(await world.token(first, { aud: 'awe', iss: 'http://keycloak:8080' }))),
    ).toMatchObject(refused(`the token's issuer is not ${ISSUER} or ${inside}`));
    expect(
      await failure(identity.identify(await world.token(first, { aud: 'awe', exp: clock.in(-60) }))),
    ).toMatchObject(refused('the token expired at 2026-04-23T09:59:00.000Z; get a new one'));
    expect(
      await failure(identity.identify(await world.token(first, { aud: 'awe', nbf: clock.in(61) }))),
    ).toMatchObject(refused('the token is not valid before 2026-04-23T10:01:01.000Z'));
  });

  it('takes the leeway that is set', async () => {
    const identity = world.identity({ AWE__AUTH__CLOCK_LEEWAY_SECONDS: '0' });
    for (const late of [{ exp: world.clock.in(0) }, { nbf: world.clock.in(1) }, { iat: world.clock.in(1) }]) {
      const error = await failure(identity.identify(await world.token(first, late)));
      expect([late, error]).toMatchObject([late, { kind: 'unauthenticated' }]);
    }
  });

  it('says so when the token lacks the claim that names people', async () => {
    const identity = world.identity({ AWE__AUTH__ASSIGNEE_CLAIM: 'preferred_username' });
    const named = await world.token(first, { preferred_username: 'alice' });
    expect(await identity.identify(named)).toMatchObject({ subject: 'alice', sub: 'u-alice' });
    expect(await failure(identity.identify(await world.token()))).toMatchObject(
      refused('the token has no "preferred_username" claim, which names its bearer'),
    );
  });

  it('asks for a key id where several keys fit', async () => {
    world.keycloak.keys = [first, rsaKey('second')];
    const anonymous = await world.token(first, {}, { kid: undefined });
    expect(await failure(world.identity().identify(anonymous))).toMatchObject(
      refused('the token does not say which of the issuer\'s keys signed it ("kid")'),
    );
    world.keycloak.keys = [first];
    expect(await world.identity().identify(anonymous)).toMatchObject({ sub: 'u-alice' });
  });

  it.each(['bearer', 'BEARER', 'bEaReR'])(
    'takes the scheme %s, and blanks around the token',
    async (scheme) => {
      const token = (await world.token()).slice('Bearer '.length);
      expect(await world.identity().identify(`${scheme}   ${token}  `)).toMatchObject({ sub: 'u-alice' });
    },
  );
});

describe('a forged token', async () => {
  const trust: Trust = {
    key: first,
    curved,
    issuer: ISSUER,
    audience: 'awe',
    nowSeconds: Date.parse('2026-04-23T10:00:00.000Z') / 1000,
  };
  const awe = () => world.identity({ AWE__KEYCLOAK__AUDIENCE: trust.audience });

  beforeEach(() => {
    world.keycloak.keys = [first, curved];
  });

  it.each(await forgedTokens(trust))('proves nothing: $title', async ({ header, says }) => {
    expect(await failure(awe().identify(header))).toMatchObject(refused(says));
  });

  it('differs from a good one in nothing but what its name says', async () => {
    expect(await awe().identify(await signed(first, goodClaims(trust)))).toMatchObject({
      subject: 'u-eve',
      isAdmin: true,
    });
  });
});
