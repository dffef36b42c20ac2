import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifiedTokens } from '../../src/identity/verified-tokens.ts';
import { failure, keycloakWorld, refused, UNPUBLISHED, type World } from './keycloak-world.ts';
import { rsaKey } from './tokens.ts';

const first = rsaKey('first');
const second = rsaKey('second');

let world: World;

beforeEach(async () => {
  world = await keycloakWorld([first, second]);
});
afterEach(() => world.keycloak.stop());

describe('a verified token', () => {
  it('is not verified again, but by its expiry is accepted not a moment longer', async () => {
    const identity = world.identity();
    const header = await world.token(first, { exp: world.clock.in(30) });
    const principal = await identity.identify(header);
    expect(await identity.identify(header)).toBe(principal);
    world.clock.pass(89);
    expect(await identity.identify(header)).toBe(principal);
    world.clock.pass(1);
    expect(await failure(identity.identify(header))).toMatchObject(
      refused('the token expired at 2026-04-23T10:00:30.000Z; get a new one'),
    );
  });

  it('is not a token that only begins like it', async () => {
    const identity = world.identity();
    const header = await world.token();
    await identity.identify(header);
    expect(await failure(identity.identify(header.slice(0, -4)))).toMatchObject(
      refused("the token's signature is not the issuer's"),
    );
  });

  it('is refused once its key was withdrawn, though it was accepted a moment before', async () => {
    const identity = world.identity();
    const [kept, withdrawn] = [await world.token(second), await world.token(first)];
    const principal = await identity.identify(kept);
    await identity.identify(withdrawn);
    world.keycloak.keys = [second];
    world.clock.pass(300);
    // The call that notices is still let in while the issuer is asked.
    expect(await identity.identify(withdrawn)).toMatchObject({ sub: 'u-alice' });
    // A token of an unknown key waits for the same answer.
    await failure(identity.identify(await world.token({ ...second, kid: 'unknown' })));
    expect(await failure(identity.identify(withdrawn))).toMatchObject(refused(UNPUBLISHED));
    const again = await identity.identify(kept);
    expect(again).toEqual(principal);
    expect(again).not.toBe(principal);
    expect(world.keycloak.visits).toBe(2);
  });

  it('stays known when the issuer only adds a key', async () => {
    world.keycloak.keys = [first];
    const identity = world.identity();
    const header = await world.token();
    const principal = await identity.identify(header);
    world.keycloak.keys = [first, second];
    world.clock.pass(10);
    await identity.identify(await world.token(second));
    expect(world.keycloak.visits).toBe(2);
    expect(await identity.identify(header)).toBe(principal);
  });
});

describe('the memory of verified tokens', () => {
  const principal = {
    subject: 'u',
    sub: 'u',
    email: null,
    roles: new Set<string>(),
    isAdmin: false,
    isViewer: false,
  };
  const entry = { principal, expiresMs: 1000, edition: 0 };

  it('holds only so many, and drops the one used longest ago', () => {
    const known = verifiedTokens(2);
    for (const name of ['a', 'b']) known.put(name, entry);
    known.get('a', 1, 0);
    known.put('c', entry);
    expect(['a', 'b', 'c'].map((name) => known.get(name, 2, 0) !== null)).toEqual([true, false, true]);
    expect(known.size()).toBe(2);
  });

  it('forgets what expired, and what another edition of the keys vouched for', () => {
    const known = verifiedTokens();
    for (const name of ['a', 'b']) known.put(name, entry);
    expect(known.get('a', 999, 0)).toBe(principal);
    expect(known.get('a', 1000, 0)).toBeNull();
    expect(known.get('b', 1, 1)).toBeNull();
    expect(known.size()).toBe(0);
  });
});
