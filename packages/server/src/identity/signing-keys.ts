import {
  type CryptoKey,
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';
import type { Clock } from '../clock.ts';
import { IdentityFailure } from './failure.ts';

/** Finds the key that a token's header names. */
export type GetKey = JWTVerifyGetKey<CryptoKey>;

export type SigningKeysOptions = {
  now: Clock['now'];
  fetch?: FetchImplementation;
  /** For one request for the keys; milliseconds. */
  timeoutMs?: number;
};

/** Between two requests provoked by unknown keys, so that made-up key ids cannot be used to hammer the issuer. */
const COOL_DOWN_MS = 10_000;
/** Withdrawn keys are forgotten after this, or as soon as the issuer answers again. */
const FRESH_MS = 600_000;

/**
 * The issuer's public keys: fetched when first needed, again when a token names an unknown one (key rotation without
 * restart), and now and then in the background. Once fetched they serve for as long as the issuer is out of reach.
 * @throws IdentityFailure `keys_unavailable` (from the returned function) when the key may exist but cannot be had
 */
export function signingKeys(url: URL, { now, fetch, timeoutMs = 5_000 }: SigningKeysOptions): GetKey {
  // Never by jose itself: its cache ends with an error when the issuer is away, and knows no clock but the system's.
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: timeoutMs,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    cooldownDuration: Number.POSITIVE_INFINITY,
    ...(fetch ? { [customFetch]: fetch } : {}),
  });
  let loadedAt: number | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  let fault: IdentityFailure | null = null;
  let loading: Promise<void> | null = null;

  /** Whoever comes while a request is under way waits for that one. */
  function load(): Promise<void> {
    loading ??= fetchKeys().finally(() => {
      loading = null;
    });
    return loading;
  }

  async function fetchKeys(): Promise<void> {
    triedAt = Date.parse(now());
    try {
      await remote.reload();
      loadedAt = Date.parse(now());
      fault = null;
    } catch (error) {
      fault = unavailable(url, error);
      throw fault;
    }
  }

  const age = (since: number) => Date.parse(now()) - since;

  return async (...token) => {
    if (loadedAt === null) await load();
    else if (age(loadedAt) > FRESH_MS && age(triedAt) >= COOL_DOWN_MS) void load().catch(() => undefined);
    try {
      return await remote(...token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (!loading && age(triedAt) < COOL_DOWN_MS) throw fault ?? error;
      await load();
      return remote(...token);
    }
  };
}

function unavailable(url: URL, error: unknown): IdentityFailure {
  return new IdentityFailure(
    'keys_unavailable',
    `the signing keys at ${url.origin}${url.pathname} cannot be fetched (${reason(error)}); try again, and check keycloak.issuer and keycloak.jwks_url if it persists`,
    { cause: error },
  );
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
