import { webCrypto } from './web-crypto.ts';

/**
 * A name for a call that nobody else gives: 128 random bits in hex. Not `randomUUID`, which browsers have on secure pages
 * only.
 */
export async function newIdempotencyKey(): Promise<string> {
  const crypto = await webCrypto();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
