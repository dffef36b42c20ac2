import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure, keycloakWorld, refused, UNPUBLISHED, unavailable, type World } from './keycloak-world.ts';
import { published, rsaKey, type SigningKey } from './tokens.ts';

const first = rsaKey('first');
const second = rsaKey('second');
const weak = rsaKey('weak', 'RS256', 1024);

let world: World;

beforeEach(async () => {
  world = await keycloakWorld([first]);
});
afterEach(() => world.keycloak.stop());

/** A key the issuer never heard of; making a real one each time would only cost time. */
const madeUp = (kid: string): SigningKey => ({ ...second, kid });

describe('the issuer’s keys', () => {
  it('are fetched once for everybody who waits', async () => {
    const identity = world.identity();
    const headers = await Promise.all([1, 2, 3, 4].map((n) => world.token(first, { sub: `u-${n}` })));
    await Promise.all(headers.map((header) => identity.identify(header)));
    expect(world.keycloak.visits).toBe(1);
  });

  it('are fetched again for an unknown one, by one request for everybody, after a cool-down', async () => {
    const identity = world.identity();
    await identity.identify(await world.token());
    world.keycloak.keys = [second];
    const rotated = [await world.token(second), await world.token(second, { sub: 'u-bob' })];
    world.clock.pass(9);
    expect(await failure(identity.identify(rotated[0]))).toMatchObject(refused(UNPUBLISHED));
    expect(world.keycloak.visits).toBe(1);
    world.clock.pass(1);
    const found = await Promise.all(rotated.map((header) => identity.identify(header)));
    expect(found.map(({ sub }) => sub)).toEqual(['u-alice', 'u-bob']);
    expect(world.keycloak.visits).toBe(2);
  });

  it('are asked for once in ten seconds, however many keys somebody makes up, and good tokens pass meanwhile', async () => {
    const identity = world.identity();
    const good = await world.token();
    await identity.identify(good);
    for (let second = 1; second <= 25; second += 1) {
      world.clock.pass(1);
      const forged = await Promise.all([1, 2, 3].map((n) => world.token(madeUp(`made-up-${second}-${n}`))));
      const answers = await Promise.all(forged.map((header) => failure(identity.identify(header))));
      for (const answer of answers) expect(answer).toMatchObject(refused(UNPUBLISHED));
      expect(await identity.identify(good)).toMatchObject({ sub: 'u-alice' });
    }
    expect(world.keycloak.visits).toBe(3);
  });

  it('that never come keep neither good tokens waiting nor more than a hundred made-up ones', async () => {
    const identity = world.identity();
    await identity.identify(await world.token());
    const asked = Promise.withResolvers<() => void>();
    world.keycloak.answer = (response) => asked.resolve(() => response.destroy());
    world.clock.pass(10);
    const header = await world.token(madeUp('made-up'));
    const waiting = Array.from({ length: 100 }, () => failure(identity.identify(header)));
    const hangUp = await asked.promise;
    expect(await failure(identity.identify(header))).toMatchObject(unavailable(/too many others wait/));
    expect(await identity.identify(await world.token(first, { sub: 'u-bob' }))).toMatchObject({
      sub: 'u-bob',
    });
    hangUp();
    for (const answer of await Promise.all(waiting)) {
      expect(answer).toMatchObject(unavailable(/cannot be fetched/));
    }
    expect(world.keycloak.visits).toBe(2);
  });

  it('that were never seen and are out of reach make every token undecidable, until they are back', async () => {
    world.keycloak.status = 503;
    const identity = world.identity();
    const header = await world.token();
    const away = unavailable(
      /^the signing keys at http:\/\/127\.0\.0\.1:\d+\/certs cannot be fetched \(the answer is 503, not 200\)/,
    );
    expect(await failure(identity.identify(header))).toMatchObject(away);
    // Asked once a second, not once a call.
    expect(await failure(identity.identify(header))).toMatchObject(away);
    expect(world.keycloak.visits).toBe(1);
    world.keycloak.status = 200;
    world.clock.pass(1);
    expect(await identity.identify(header)).toMatchObject({ sub: 'u-alice' });
  });

  it.each([
    ['nonsense', 'nonsense', /the answer is not JSON/],
    ['a page', '<html>', /the answer is not JSON/],
    ['nothing', '', /the answer is not JSON/],
    ['no list', '{"keys": "none"}', /JSON Web Key Set malformed/],
    ['null', 'null', /JSON Web Key Set malformed/],
    ['a list of texts', '{"keys": ["first"]}', /JSON Web Key Set malformed/],
    ['no keys', '{"keys": []}', /the answer holds no key for signatures/],
    ['a secret', '{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}', /the answer holds no key for signatures/],
    ['a megabyte', `{"keys": [], "more": "${'x'.repeat(1_048_576)}"}`, /more than 1048576 bytes/],
    ['a deep nest', `{"keys": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /JSON Web Key Set malformed/],
  ])('may be %s: then there are none, and those there were stay', async (_, body, says) => {
    const seasoned = world.identity();
    await seasoned.identify(await world.token());
    world.keycloak.body = body;
    expect(await failure(world.identity().identify(await world.token()))).toMatchObject(unavailable(says));
    world.clock.pass(600);
    expect(await failure(seasoned.identify(await world.token(second)))).toMatchObject(unavailable(says));
    expect(await seasoned.identify(await world.token())).toMatchObject({ sub: 'u-alice' });
  });

  it('are not fetched from where the issuer redirects to', async () => {
    const elsewhere = await keycloakWorld([first]);
    world.keycloak.answer = (response) =>
      response.writeHead(302, { location: elsewhere.keycloak.url, connection: 'close' }).end();
    expect(await failure(world.identity().identify(await world.token()))).toMatchObject(
      unavailable(/the answer is 302, not 200/),
    );
    expect(elsewhere.keycloak.visits).toBe(0);
    await elsewhere.keycloak.stop();
  });

  it('are given up when they come too slowly, or never', async () => {
    const header = await world.token();
    const hasty = () => world.identity({}, { keysTimeoutMs: 50 });
    world.keycloak.answer = () => undefined;
    expect(await failure(hasty().identify(header))).toMatchObject(unavailable(/timeout/));
    const cut = Promise.withResolvers<unknown>();
    world.keycloak.answer = (response) => {
      cut.resolve(once(response, 'close'));
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"keys": [');
    };
    expect(await failure(hasty().identify(header))).toMatchObject(unavailable(/timeout/));
    await cut.promise;
  });

  it('that nobody serves are none', async () => {
    await world.keycloak.stop();
    expect(await failure(world.identity().identify(await world.token()))).toMatchObject(
      unavailable(/ECONNREFUSED/),
    );
  });

  it('serve on while the issuer is away, but an unknown one is then undecidable', async () => {
    const identity = world.identity();
    await identity.identify(await world.token());
    await world.keycloak.stop();
    world.clock.pass(86_400);
    expect(await identity.identify(await world.token())).toMatchObject({ sub: 'u-alice' });
    const unknown = await world.token(second);
    expect(await failure(identity.identify(unknown))).toMatchObject(unavailable(/ECONNREFUSED/));
    expect(await failure(identity.identify(unknown))).toMatchObject(unavailable(/ECONNREFUSED/));
  });

  it('do not wait for a clock that was set back', async () => {
    const identity = world.identity();
    await identity.identify(await world.token());
    world.keycloak.keys = [second];
    world.clock.pass(-3_600);
    expect(await identity.identify(await world.token(second))).toMatchObject({ sub: 'u-alice' });
  });

  const { d, p, q, dp, dq, qi } = first.privateKey.export({ format: 'jwk' });
  it.each([
    ['malformed', { n: '!!' }],
    ['empty', { n: undefined }],
    ['private', { d, p, q, dp, dq, qi }],
    ['of 1024 bits', published(weak)],
  ])('that are %s are of no use, and harm no others', async (_, fault) => {
    const odd = { ...published(first), ...fault, kid: 'odd' };
    world.keycloak.body = JSON.stringify({ keys: [odd, published(second), { kty: 'unheard-of' }] });
    const identity = world.identity();
    expect(await failure(identity.identify(await world.token({ ...first, kid: 'odd' })))).toMatchObject(
      unavailable(/in a form that cannot be used/),
    );
    expect(await identity.identify(await world.token(second))).toMatchObject({ sub: 'u-alice' });
  });

  it('for encryption verify nothing', async () => {
    const encryption = { ...published(first), use: 'enc' };
    world.keycloak.body = JSON.stringify({ keys: [encryption, published(second)] });
    expect(await failure(world.identity().identify(await world.token()))).toMatchObject(refused(UNPUBLISHED));
  });
});
