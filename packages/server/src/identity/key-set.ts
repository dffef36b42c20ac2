import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type FetchImplementation,
  type JSONWebKeySet,
} from 'jose';
import { IdentityFailure } from './failure.ts';
import type { GetKey } from './signing-keys.ts';

/** A key set of a hundred keys with their certificates has a tenth of this; bytes. */
const MAX_BYTES = 1_048_576;
/** What RFC 7518 asks of every RSA signature. */
const MIN_RSA_BITS = 2048;
const SIGNATURE_KEY_TYPES = new Set<unknown>(['RSA', 'EC', 'OKP']);

/** The keys that an issuer published at one moment. */
export type KeySet = {
  /**
   * The key that a token's header names.
   * @throws JWKSNoMatchingKey, JWKSMultipleMatchingKeys; IdentityFailure `keys_unavailable` when it is published in a form that cannot be used
   */
  find: GetKey;
  /** Whether it has every key of that one. */
  hasAllOf(other: KeySet): boolean;
  /** Each key as it was published. */
  published: ReadonlySet<string>;
};

export type Download = { fetch: FetchImplementation; timeoutMs: number };

/**
 * Fetches a JSON Web Key Set. Redirects are not followed: they could lead to a place without TLS.
 * @throws Error saying why it is not to be had: refused, too slow, too large, not JSON, no key for signatures in it
 */
export async function downloadKeySet(url: URL, { fetch, timeoutMs }: Download): Promise<KeySet> {
  const response = await fetch(url.href, {
    method: 'GET',
    headers: new Headers({ accept: 'application/json, application/jwk-set+json' }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the answer is ${response.status}, not 200`);
  }
  return keySetOf(parse(await limitedText(response)));
}

async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error(`the answer has more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The parser's own message would quote the answer, which may come from a place that was not meant. */
function parse(text: string): JSONWebKeySet {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the answer is not JSON');
  }
}

function keySetOf(json: JSONWebKeySet): KeySet {
  const local = createLocalJWKSet(json);
  if (!json.keys.some(({ kty, use = 'sig' }) => SIGNATURE_KEY_TYPES.has(kty) && use === 'sig')) {
    throw new Error('the answer holds no key for signatures');
  }
  const published = new Set(json.keys.map((key) => JSON.stringify(key)));
  return {
    published,
    hasAllOf: (other) => [...other.published].every((key) => published.has(key)),
    async find(...token) {
      try {
        return strong(await local(...token));
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
          throw error;
        }
        throw new IdentityFailure(
          'keys_unavailable',
          'the issuer publishes the key that the token names in a form that cannot be used: private, malformed, or an RSA key of less than 2048 bits',
          { cause: error },
        );
      }
    },
  };
}

function strong(key: CryptoKey): CryptoKey {
  const { modulusLength = MIN_RSA_BITS } = key.algorithm as { modulusLength?: number };
  if (modulusLength < MIN_RSA_BITS) throw new Error(`an RSA key of ${modulusLength} bits`);
  return key;
}
