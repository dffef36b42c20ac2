import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPortalStand, type PortalStand } from './portal-stand.ts';

let portal: PortalStand;
const provider = new OAuth2Server();
let challenges = 0;

beforeAll(async () => {
  await provider.issuer.keys.generate('RS256');
  await provider.start(0, 'localhost');
  const issuer = provider.issuer.url ?? '';
  provider.service.on('beforeTokenSigning', (token) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: 'kc-ada', name: 'Ada Admin', aud: 'awe-admin-portal', exp: now + 3_600 };
    Object.assign(token.payload, claims, {
      resource_access: { 'awe-admin-portal': { roles: ['AWE_ADMIN'] } },
    });
  });
  provider.service.on('beforeAuthorizeRedirect', ({ url }) => {
    if (url.searchParams.get('code')) challenges += 1;
  });
  portal = await openPortalStand({
    env: {
      AWE__KEYCLOAK__ISSUER: issuer,
      AWE__KEYCLOAK__JWKS_URL: `${issuer}/jwks`,
      AWE__SECRETS__ENCRYPTION_KEYS: JSON.stringify([Buffer.alloc(32, 7).toString('base64')]),
    },
    hosts: [new URL(issuer).host],
  });
});
afterEach(() => portal.complaints.none());
afterAll(async () => {
  await portal?.close();
  await provider.stop();
});

describe('signing in at the identity provider', () => {
  it('comes back to the address that was opened, with the roles of the token and no banner', async () => {
    const page = await portal.open(null, '/delegations?user_id=u-amina');
    const authorize = page.waitForRequest(/\/authorize\?/);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const asked = new URL((await authorize).url()).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      client_id: 'awe-admin-portal',
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${portal.url}/signed-in`,
    });
    await page.getByRole('button', { name: 'Signed in as Ada Admin' }).waitFor();
    await page.getByRole('button', { name: 'Add a delegation' }).first().waitFor();
    expect(page.url()).toBe(`${portal.url}/delegations?user_id=u-amina`);
    expect(await page.getByText('anybody can be anybody').count()).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: 'Signed in as Ada Admin' }).waitFor();
    expect(challenges).toBe(1);
  });

  it('signs in again beside the page when its session has ended, and goes on with what was asked', async () => {
    const page = await portal.open(null, '/delegations');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Add a delegation' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add a delegation' });
    await dialog.getByLabel('Who is away').fill('u-amina');
    await dialog.getByLabel('Who stands in').fill('u-bao');
    // The service refuses the token once, and the provider renews nothing by itself.
    const refused = { response: null, errors: [{ errorCode: 'AWE-008', message: 'expired' }] };
    await page.route('**/v1/awe/delegations', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 401, json: refused }) : route.continue(),
    );
    await page.route('**/token', (route) => route.abort());
    await dialog.getByRole('button', { name: 'Add' }).click();
    const again = page.getByRole('dialog', { name: 'Sign in again to go on' });
    await again.waitFor();
    await page.unrouteAll();
    await again.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('row', { name: /u-amina.*u-bao/ }).waitFor();
    portal.complaints.none(/status of 401|ERR_FAILED/);
  });
});
