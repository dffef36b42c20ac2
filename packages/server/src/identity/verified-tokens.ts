import { createHash } from 'node:crypto';
import type { Principal } from './principal.ts';

/** Withdrawn keys and changed roles take effect after this at the latest, even on a token that lives for days. */
const MAX_AGE_MS = 300_000;

export type VerifiedTokens = {
  get(token: string, nowMs: number): Principal | null;
  /** `expiresMs`: from when on the token is no longer accepted; Unix milliseconds. */
  put(token: string, principal: Principal, nowMs: number, expiresMs: number): void;
  size(): number;
};

/**
 * Who the bearers of recently verified tokens are: a signature costs a hundred times what looking it up does, and
 * callers send one token many times. Keyed by hash, so that memory holds no usable token.
 */
export function verifiedTokens(capacity = 10_000): VerifiedTokens {
  // In order of last use, so that the first entry is the one to drop.
  const known = new Map<string, { principal: Principal; untilMs: number }>();
  return {
    get(token, nowMs) {
      const key = hashOf(token);
      const entry = known.get(key);
      if (!entry) return null;
      known.delete(key);
      if (nowMs >= entry.untilMs) return null;
      known.set(key, entry);
      return entry.principal;
    },
    put(token, principal, nowMs, expiresMs) {
      known.set(hashOf(token), { principal, untilMs: Math.min(expiresMs, nowMs + MAX_AGE_MS) });
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
