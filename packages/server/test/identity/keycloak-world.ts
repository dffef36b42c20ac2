import { expect } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { IdentityFailure } from '../../src/identity/failure.ts';
import { createIdentity, type Identity, type IdentityOptions } from '../../src/identity/identity.ts';
import { issuer, type SigningKey, signed, stoppedClock } from './tokens.ts';

export const ISSUER = 'https://kc.example/realms/registry';
export const UNPUBLISHED = 'the token is signed with a key that the issuer does not publish';

export type World = Awaited<ReturnType<typeof keycloakWorld>>;

/** An issuer that really publishes its keys, a clock that stands still, and identities that trust the one and read the other. */
export async function keycloakWorld(keys: [SigningKey, ...SigningKey[]]) {
  const keycloak = await issuer(keys);
  const clock = stoppedClock();
  return {
    keycloak,
    clock,
    identity: (env: Record<string, string> = {}, options: Partial<IdentityOptions> = {}): Identity => {
      const config = loadConfig({
        env: { AWE__KEYCLOAK__ISSUER: ISSUER, AWE__KEYCLOAK__JWKS_URL: keycloak.url, ...env },
        cwd: '/nowhere',
      });
      return createIdentity(config, { now: clock.now, ...options });
    },
    token: (key: SigningKey = keys[0], claims: object = {}, header: object = {}) =>
      signed(key, { iss: ISSUER, sub: 'u-alice', exp: clock.in(300), ...claims }, header),
  };
}

export async function failure(pending: Promise<unknown>): Promise<IdentityFailure> {
  const error = await pending.catch((reason: unknown) => reason);
  if (error instanceof IdentityFailure) return error;
  throw error;
}

export const refused = (message: string) => ({ kind: 'unauthenticated', message });

export const unavailable = (message: RegExp) => ({
  kind: 'keys_unavailable',
  message: expect.stringMatching(message),
});
