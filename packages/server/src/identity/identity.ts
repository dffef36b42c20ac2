import type { FetchImplementation } from 'jose';
import type { Clock } from '../clock.ts';
import type { Settings } from '../config/settings.ts';
import { unauthenticated } from './failure.ts';
import { type Principal, principalFrom } from './principal.ts';
import { verifyToken } from './signed-token.ts';
import { signingKeys } from './signing-keys.ts';
import { believeToken } from './unsigned-token.ts';
import { verifiedTokens } from './verified-tokens.ts';

export type Identity = {
  /**
   * Who sends this `Authorization` header.
   * @throws IdentityFailure `unauthenticated` or `keys_unavailable`
   */
  identify(authorizationHeader: string | undefined): Promise<Principal>;
};

export type IdentityOptions = {
  now: Clock['now'];
  /** Fetches the signing keys; default: the platform's. */
  fetch?: FetchImplementation;
  /** For one request for the signing keys; milliseconds. */
  keysTimeoutMs?: number;
};

/** Keycloak's tokens when `keycloak.issuer` is set; otherwise every token is believed (development). */
export function createIdentity(
  { keycloak, auth }: Pick<Settings, 'keycloak' | 'auth'>,
  { now, fetch, keysTimeoutMs }: IdentityOptions,
): Identity {
  const leewaySeconds = auth.clock_leeway_seconds;
  if (keycloak.issuer === null) {
    return {
      async identify(header) {
        return principalFrom(
          believeToken(bearerToken(header), new Date(now()), leewaySeconds),
          auth.assignee_claim,
        );
      },
    };
  }

  const keys = signingKeys(signingKeysUrl(keycloak.jwks_url, keycloak.issuer), {
    now,
    ...(fetch ? { fetch } : {}),
    ...(keysTimeoutMs === undefined ? {} : { timeoutMs: keysTimeoutMs }),
  });
  const rules = {
    issuers: [keycloak.issuer, ...keycloak.additional_issuers],
    audience: keycloak.audience,
    leewaySeconds,
  };
  const verified = verifiedTokens();
  return {
    async identify(header) {
      const token = bearerToken(header);
      const time = new Date(now());
      keys.keepFresh(time.getTime());
      const edition = keys.edition();
      const known = verified.get(token, time.getTime(), edition);
      if (known) return known;
      const claims = await verifyToken(token, keys.find, rules, time);
      const principal = principalFrom(claims, auth.assignee_claim);
      verified.put(token, { principal, edition, expiresMs: (claims.exp + leewaySeconds) * 1000 });
      return principal;
    },
  };
}

/** Where the issuer's signing keys are. */
export function signingKeysUrl(jwksUrl: string | null, issuer: string): URL {
  return new URL(jwksUrl ?? `${issuer.replace(/\/$/, '')}/protocol/openid-connect/certs`);
}

function bearerToken(header: string | undefined): string {
  if (header === undefined) throw unauthenticated('a token is needed: send "Authorization: Bearer <token>"');
  const token = /^Bearer +(\S+) *$/i.exec(header)?.[1];
  if (token === undefined) throw unauthenticated('the Authorization header is not "Bearer <token>"');
  return token;
}
