import { unauthenticated } from './failure.ts';
import type { Claims } from './principal.ts';

/**
 * Reads a token without asking who signed it: development identity. Any `alg`, any signature; `exp` and `nbf` hold
 * where they are given.
 * @throws IdentityFailure `unauthenticated`
 */
export function believeToken(token: string, now: Date, leewaySeconds: number): Claims {
  const [header, payload, signature, ...more] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) {
    throw unauthenticated(
      'the token is not a JWT: it needs three parts, header.payload.signature (the last may be empty)',
    );
  }
  jsonObject('header', header);
  const claims = jsonObject('payload', payload);
  const seconds = now.getTime() / 1000;
  const expires = instant(claims, 'exp');
  if (expires !== null && seconds >= expires + leewaySeconds) {
    throw unauthenticated(`the token expired at ${inWords(expires)}; get a new one`);
  }
  const begins = instant(claims, 'nbf');
  if (begins !== null && seconds < begins - leewaySeconds) {
    throw unauthenticated(`the token is not valid before ${inWords(begins)}`);
  }
  return claims;
}

/** A JWT time as text, or as the number it is when no calendar has it. */
export function inWords(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

function jsonObject(part: string, encoded: string): Claims {
  if (!/^[A-Za-z0-9_-]+$/.test(encoded)) throw unauthenticated(`the token's ${part} is not base64url`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64url')));
  } catch {
    throw unauthenticated(`the token's ${part} is not JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unauthenticated(`the token's ${part} is not a JSON object`);
  }
  return value as Claims;
}

function instant(claims: Claims, name: string): number | null {
  const value = claims[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number') throw unauthenticated(`the token's "${name}" claim is not a number`);
  return value;
}
