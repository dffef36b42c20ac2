import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { createIdentity } from '../../src/identity/identity.ts';
import { PASSWORD, RESOLVER } from '../directory/sample-realm.ts';
import { expectRefusal } from '../service/refusal.ts';
import { type LiveStand, openLiveStand } from './live-stand.ts';
import {
  administration,
  askForToken,
  claimsOf,
  KEYCLOAK_URL,
  personToken,
  serviceToken,
  tokenIn,
} from './real-keycloak.ts';

let stand: LiveStand;
beforeAll(async () => {
  stand = await openLiveStand();
});
afterAll(() => stand.close());

describe('tokens that Keycloak issued', () => {
  it('are refused when they were changed, come from another realm, or are for somebody else', async () => {
    const token = await personToken('ada');
    const [header, , signature] = token.split('.');
    const claims = { ...claimsOf(token), sub: 'somebody-else' };
    const forged = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
    const master = String((await administration()).accessToken);
    const forOthers = await serviceToken(RESOLVER);
    expect((await stand.bearing(token, 'GET', '/tasks')).status).toBe(200);
    expectRefusal(await stand.bearing(forged, 'GET', '/tasks'), 401, 'AWE-008', /signature/);
    expectRefusal(await stand.bearing(master, 'GET', '/tasks'), 401, 'AWE-008');
    expectRefusal(await stand.bearing(forOthers, 'GET', '/tasks'), 401, 'AWE-008', /aud/);
  });

  it('come from the portal’s client by a code with PKCE, and not without', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const { code } = await signIn({ code_challenge: challenge, code_challenge_method: 'S256' });
    const answer = await askForToken({ ...CODE_GRANT, code: String(code), code_verifier: verifier });
    const token = tokenIn(answer);
    expect(claimsOf(token)).toMatchObject({
      iss: `${KEYCLOAK_URL}/realms/awe`,
      preferred_username: 'ada',
      resource_access: { 'awe-admin-portal': { roles: ['AWE_ADMIN'] } },
    });
    expect((await stand.bearing(token, 'GET', '/policies')).status).toBe(200);

    expect(await signIn({})).toEqual({ code: null, error: 'invalid_request' });
    const plain = { code_challenge: verifier, code_challenge_method: 'plain' };
    expect(await signIn(plain)).toEqual({ code: null, error: 'invalid_request' });
    const password = {
      grant_type: 'password',
      client_id: 'awe-admin-portal',
      username: 'ada',
      password: PASSWORD,
    };
    expect((await askForToken(password)).body.error).toBe('unauthorized_client');
  });
});

describe('keys that change', () => {
  it('are followed without a restart, and a withdrawn one is not believed any longer', async () => {
    const admin = await administration();
    const client = { id: 'rotor', secret: 'sample-rotor-secret' };
    await admin.realms.create({
      realm: 'rotation',
      enabled: true,
      clients: [
        { clientId: client.id, secret: client.secret, publicClient: false, serviceAccountsEnabled: true },
      ],
    });
    // Between two looks at unknown keys lie 10 s, which pass here by moving the clock.
    let ahead = 0;
    const identity = createIdentity(
      loadConfig({ env: { AWE__KEYCLOAK__ISSUER: `${KEYCLOAK_URL}/realms/rotation` }, cwd: '/nowhere' }),
      { now: () => new Date(Date.now() + ahead).toISOString() },
    );
    const identify = async (token: string) => (await identity.identify(`Bearer ${token}`)).subject;
    const newToken = () => serviceToken(client, 'rotation');

    const first = await newToken();
    const subject = await identify(first);
    expect(subject).toBe(claimsOf(first).sub);
    await addKey('second', '200');
    const second = await newToken();
    expect(keyOf(second)).not.toBe(keyOf(first));
    ahead += 11_000;
    expect([await identify(second), await identify(first)]).toEqual([subject, subject]);

    const providers = await admin.components.find({ realm: 'rotation', type: KEY_PROVIDER });
    const old = providers.find(({ name }) => name === 'rsa-generated');
    const config = { ...old?.config, enabled: ['false'], active: ['false'] };
    await admin.components.update({ realm: 'rotation', id: String(old?.id) }, { ...old, config });
    await addKey('third', '300');
    const third = await newToken();
    ahead += 11_000;
    expect(await identify(third)).toBe(subject);
    expect(await identify(second)).toBe(subject);
    await expect(identify(first)).rejects.toMatchObject({
      kind: 'unauthenticated',
      message: expect.stringMatching(/key/),
    });

    async function addKey(name: string, priority: string): Promise<void> {
      await admin.components.create({
        realm: 'rotation',
        name,
        providerId: 'rsa-generated',
        providerType: KEY_PROVIDER,
        config: { priority: [priority], enabled: ['true'], active: ['true'], algorithm: ['RS256'] },
      });
    }
  });
});

const KEY_PROVIDER = 'org.keycloak.keys.KeyProvider';
const REDIRECT = 'http://localhost:8000/signed-in';
const CODE_GRANT = {
  grant_type: 'authorization_code',
  client_id: 'awe-admin-portal',
  redirect_uri: REDIRECT,
};

function keyOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
}

/** What a browser does: follows to the sign-in page, fills it in as ada, and is sent back with a code or an error. */
async function signIn(
  challenge: Record<string, string>,
): Promise<{ code: string | null; error: string | null }> {
  const query = new URLSearchParams({
    client_id: 'awe-admin-portal',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: REDIRECT,
    ...challenge,
  });
  const page = await fetch(`${KEYCLOAK_URL}/realms/awe/protocol/openid-connect/auth?${query}`, {
    redirect: 'manual',
  });
  const html = await page.text();
  const action = /<form[^>]+action="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  const back = action
    ? await fetch(action, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          cookie: page.headers
            .getSetCookie()
            .map((each) => each.split(';')[0])
            .join('; '),
        },
        body: new URLSearchParams({ username: 'ada', password: PASSWORD }),
      })
    : page;
  const location = new URL(back.headers.get('location') ?? '', REDIRECT);
  return { code: location.searchParams.get('code'), error: location.searchParams.get('error') };
}
