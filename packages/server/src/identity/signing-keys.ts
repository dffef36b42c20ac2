import { type CryptoKey, errors, type FetchImplementation, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../clock.ts';
import { IdentityFailure } from './failure.ts';
import { downloadKeySet, type KeySet } from './key-set.ts';

/** Finds the key that a token's header names. */
export type GetKey = JWTVerifyGetKey<CryptoKey>;

export type SigningKeys = {
  /**
   * Asks the issuer again when the key is unknown.
   * @throws JWKSNoMatchingKey, JWKSMultipleMatchingKeys; IdentityFailure `keys_unavailable` when the key may exist but cannot be had
   */
  find: GetKey;
  /** Has a set that is no longer fresh fetched again, in the background: costs a comparison when it is. */
  keepFresh: (nowMs: number) => void;
  /** Changes whenever the issuer withdrew a key: what was verified before must be verified again. */
  edition: () => number;
};

export type SigningKeysOptions = {
  now: Clock['now'];
  fetch?: FetchImplementation;
  /** For one request for the keys; milliseconds. */
  timeoutMs?: number;
};

/** Between two requests provoked by unknown keys, so that made-up key ids cannot be used to hammer the issuer. */
const COOL_DOWN_MS = 10_000;
/** Between two requests while there are no keys at all, and nobody can be let in. */
const FIRST_RETRY_MS = 1_000;
/** A withdrawn key is noticed by the first call after this. */
const FRESH_MS = 300_000;
/** Tokens of unknown keys that may wait for the issuer at once: made-up ones must not take up every call in flight. */
const MAX_WAITING = 100;

/**
 * The issuer's public keys: fetched when first needed, again when a token names an unknown one (key rotation without
 * restart), and now and then in the background. Once fetched they serve for as long as the issuer is out of reach.
 */
export function signingKeys(
  url: URL,
  { now, fetch = globalThis.fetch, timeoutMs = 5_000 }: SigningKeysOptions,
): SigningKeys {
  let current: KeySet | null = null;
  let edition = 0;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let fault: IdentityFailure | null = null;
  let loading: Promise<KeySet> | null = null;
  let waiting = 0;

  /** Whoever comes while a request is under way waits for that one. */
  function load(): Promise<KeySet> {
    loading ??= fetchKeys().finally(() => {
      loading = null;
    });
    return loading;
  }

  async function fetchKeys(): Promise<KeySet> {
    triedAt = Date.parse(now());
    try {
      const next = await downloadKeySet(url, { fetch, timeoutMs });
      if (current && !next.hasAllOf(current)) edition += 1;
      current = next;
      loadedAt = Date.parse(now());
      fault = null;
      return next;
    } catch (error) {
      fault = unavailable(url, error);
      throw fault;
    }
  }

  /** A clock that was set back must not stretch a wait. */
  function hasPassed(since: number, ms: number, nowMs = Date.parse(now())): boolean {
    const age = nowMs - since;
    return age >= ms || age < 0;
  }

  async function firstKeys(): Promise<KeySet> {
    if (fault && !loading && !hasPassed(triedAt, FIRST_RETRY_MS)) throw fault;
    return load();
  }

  async function keysAskedFor(unknown: errors.JWKSNoMatchingKey): Promise<KeySet> {
    if (!loading && !hasPassed(triedAt, COOL_DOWN_MS)) throw fault ?? unknown;
    if (waiting >= MAX_WAITING) throw crowded();
    waiting += 1;
    try {
      return await load();
    } finally {
      waiting -= 1;
    }
  }

  return {
    edition: () => edition,
    keepFresh(nowMs) {
      if (!current || loading || !hasPassed(loadedAt, FRESH_MS, nowMs)) return;
      if (!hasPassed(triedAt, COOL_DOWN_MS, nowMs)) return;
      // The failure is kept for those who need a key that is not there.
      load().catch(() => undefined);
    },
    async find(...token) {
      const keys = current ?? (await firstKeys());
      try {
        return await keys.find(...token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        return (await keysAskedFor(error)).find(...token);
      }
    },
  };
}

function unavailable(url: URL, error: unknown): IdentityFailure {
  return new IdentityFailure(
    'keys_unavailable',
    `the signing keys at ${url.origin}${url.pathname} cannot be fetched (${reason(error)}); try again, and check keycloak.issuer and keycloak.jwks_url if it persists`,
    { cause: error },
  );
}

function crowded(): IdentityFailure {
  return new IdentityFailure(
    'keys_unavailable',
    'the token is signed with a key that is not known yet, and too many others wait for the issuer to name it; try again',
  );
}

/** `fetch` itself only says that it failed; its cause says why. */
function reason(error: unknown): string {
  const cause = error instanceof TypeError && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
