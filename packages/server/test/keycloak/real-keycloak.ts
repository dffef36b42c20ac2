import { KeycloakAdminClient } from '@keycloak/keycloak-admin-client/lib/client.js';
import { LOGIN_CLIENT, PASSWORD } from '../directory/sample-realm.ts';

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start these tests with npm run test:keycloak`);
  return value;
}

export const KEYCLOAK_URL = given('AWE_TEST_KEYCLOAK_URL');

export type TokenAnswer = { status: number; body: { access_token?: string; error?: string } };

/** Asks a realm's token endpoint, as every OAuth client does. */
export async function askForToken(form: Record<string, string>, realm = 'awe'): Promise<TokenAnswer> {
  const response = await fetch(`${KEYCLOAK_URL}/realms/${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as TokenAnswer['body'] };
}

/** A token of somebody from the sample realm. */
export async function personToken(username: string): Promise<string> {
  return tokenIn(
    await askForToken({ grant_type: 'password', client_id: LOGIN_CLIENT, username, password: PASSWORD }),
  );
}

/** A token of a service account. */
export async function serviceToken(
  { id, secret }: { id: string; secret: string },
  realm = 'awe',
): Promise<string> {
  return tokenIn(
    await askForToken({ grant_type: 'client_credentials', client_id: id, client_secret: secret }, realm),
  );
}

export function tokenIn({ status, body }: TokenAnswer): string {
  if (!body.access_token) throw new Error(`Keycloak gave no token: ${status} ${JSON.stringify(body)}`);
  return body.access_token;
}

export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

/** Keycloak's administration, as the administrator that the run has made. */
export async function administration(): Promise<KeycloakAdminClient> {
  const { username, password } = JSON.parse(given('AWE_TEST_KEYCLOAK_ADMIN'));
  const admin = new KeycloakAdminClient({ baseUrl: KEYCLOAK_URL, realmName: 'master' });
  await admin.auth({ grantType: 'password', clientId: 'admin-cli', username, password });
  return admin;
}
