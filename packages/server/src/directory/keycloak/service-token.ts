import { getToken } from '@keycloak/keycloak-admin-client/lib/utils/auth.js';
import type { Clock } from '../../clock.ts';
import type { KeycloakAccess } from './access.ts';
import { type Asked, badAnswer, tokenFailure } from './failure.ts';
import type { FetchOptions } from './realm.ts';

export type ServiceToken = {
  /**
   * A token that is good for a while yet; whoever comes while one is being fetched waits for that one.
   * @throws KeycloakFailure
   */
  get: () => Promise<string>;
  /** Keycloak does not accept this one any more: the next `get` fetches another. */
  drop: (token: string) => void;
};

export type ServiceTokenOptions = {
  access: KeycloakAccess;
  now: Clock['now'];
  timeoutMs: number;
  fetchOptions: FetchOptions;
};

/** A token is renewed this long before it ends, or at four fifths of its life if that is later. */
const RENEW_AHEAD_MS = 30_000;

type Held = { token: string; renewAt: number };

/** The token of the directory's service account (client credentials), fetched when first needed. */
export function createServiceToken({
  access,
  now,
  timeoutMs,
  fetchOptions,
}: ServiceTokenOptions): ServiceToken {
  const asked: Asked = { access, timeoutMs, what: `a token for ${access.clientId}` };
  let held: Held | null = null;
  let fetching: Promise<Held> | null = null;

  async function fetchToken(): Promise<Held> {
    // By our own clock from the moment of asking: Keycloak's may differ.
    const askedAt = Date.parse(now());
    const { accessToken, expiresIn } = await requestToken().catch((error: unknown) => {
      throw tokenFailure(error, asked);
    });
    if (typeof accessToken !== 'string' || typeof expiresIn !== 'number' || accessToken === '') {
      throw badAnswer(asked, 'something else');
    }
    const lifeMs = expiresIn * 1000;
    return { token: accessToken, renewAt: askedAt + lifeMs - Math.min(RENEW_AHEAD_MS, lifeMs / 5) };
  }

  const requestToken = () =>
    getToken({
      baseUrl: access.baseUrl,
      realmName: access.realm,
      credentials: {
        grantType: 'client_credentials',
        clientId: access.clientId,
        clientSecret: access.clientSecret,
      },
      requestOptions: { ...fetchOptions, signal: AbortSignal.timeout(timeoutMs) },
    });

  return {
    async get() {
      if (held && Date.parse(now()) < held.renewAt) return held.token;
      fetching ??= fetchToken().finally(() => {
        fetching = null;
      });
      held = await fetching;
      return held.token;
    },
    drop(token) {
      if (held?.token === token) held = null;
    },
  };
}
