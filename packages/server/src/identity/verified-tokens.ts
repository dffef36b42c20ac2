import { createHash } from 'node:crypto';
import type { Principal } from './principal.ts';

export type VerifiedTokens = {
  /** Null when the token is unknown, expired, or was verified with another edition of the issuer's keys. */
  get(token: string, nowMs: number, edition: number): Principal | null;
  put(token: string, verified: Verified): void;
  size(): number;
};

export type Verified = {
  principal: Principal;
  /** From when on the token is no longer accepted; Unix milliseconds. */
  expiresMs: number;
  /** The edition of the issuer's keys before it was verified. */
  edition: number;
};

/**
 * Who the bearers of recently verified tokens are: a signature costs a hundred times what looking it up does, and
 * callers send one token many times. Keyed by hash, so that memory holds no usable token.
 */
export function verifiedTokens(capacity = 10_000): VerifiedTokens {
  // In order of last use, so that the first entry is the one to drop.
  const known = new Map<string, Verified>();
  return {
    get(token, nowMs, edition) {
      const key = hashOf(token);
      const entry = known.get(key);
      if (!entry) return null;
      known.delete(key);
      if (nowMs >= entry.expiresMs || entry.edition !== edition) return null;
      known.set(key, entry);
      return entry.principal;
    },
    put(token, verified) {
      known.set(hashOf(token), verified);
      if (known.size <= capacity) return;
      for (const oldest of known.keys()) {
        known.delete(oldest);
        return;
      }
    },
    size: () => known.size,
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
